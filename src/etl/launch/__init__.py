"""An embedded Airflow for one machine: started, driven through its REST API and stopped as a whole."""
