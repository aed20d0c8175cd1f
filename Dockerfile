# One image for every component of the distributed stack; docker-compose.yml says what each of them runs.
FROM python:3.11-slim

RUN pip install --no-cache-dir uv && useradd --create-home --uid 50000 etl
# Volumes take over the owner of the folder that they are first mounted on.
RUN install --directory --owner=etl /secrets /sources /home/etl/airflow/logs && chown etl /home/etl/airflow
WORKDIR /app
ENV UV_SYSTEM_PYTHON=1 UV_PYTHON_DOWNLOADS=never UV_NO_CACHE=1 PYTHONUNBUFFERED=1

COPY pyproject.toml requirements.lock requirements-celery.lock README.md LICENSE ./
COPY src ./src
# The locks pin what runs; the celery group adds what only this stack needs.
RUN uv pip install --constraint requirements.lock --constraint requirements-celery.lock ".[s3]" --group celery

COPY dags ./dags
COPY plugins ./plugins
USER etl
