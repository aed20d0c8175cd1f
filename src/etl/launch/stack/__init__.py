"""The services of docker-compose.yml as processes of one machine, where there is no container engine."""
