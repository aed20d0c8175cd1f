"""Health check of one Airflow component: `python -m etl.launch.stack.probe URL COMPONENT`.

Ends with 0 where Airflow itself calls the component healthy. The API answers 200 whatever is dead, and
`airflow jobs check` takes seconds of CPU: so the API's statuses are read, by the standard library alone.
"""

import json
import sys
import urllib.request

if __name__ == "__main__":
    url, component = sys.argv[1:]
    with urllib.request.urlopen(f"{url}/api/v2/monitor/health", timeout=15) as answer:
        status = json.load(answer)[component]["status"]
    sys.exit(status != "healthy" and f"{component} is {status}")
