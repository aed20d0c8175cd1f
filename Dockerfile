# One image for every component of the distributed stack; docker-compose.yml says which command each runs.
FROM python:3.11-slim

RUN pip install --no-cache-dir uv && useradd --create-home --uid 50000 etl
WORKDIR /app
ENV UV_SYSTEM_PYTHON=1 UV_PYTHON_DOWNLOADS=never UV_NO_CACHE=1 AIRFLOW_HOME=/home/etl/airflow

COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY src ./src
# requirements.lock pins what runs; the celery group adds what only workers of this stack need.
RUN uv pip install --constraint requirements.lock ".[s3]" --group celery

COPY dags ./dags
COPY plugins ./plugins
USER etl
ENTRYPOINT ["airflow"]
