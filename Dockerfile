# The same image runs as web, worker and scheduler; docker-compose.yml shows how.
# What each step does is in tools/image_steps.sh, which also runs without Docker.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app

COPY tools/image_steps.sh tools/packages-run.txt tools/
RUN tools/image_steps.sh packages

COPY requirements.lock ./
RUN tools/image_steps.sh python
RUN tools/image_steps.sh user

COPY manage.py LICENSE ./
COPY config config
COPY campaigns campaigns
COPY letters letters
COPY signatories signatories
COPY templates templates
COPY locale locale
COPY static static
RUN tools/image_steps.sh static

USER undersigned
ENV BIND=0.0.0.0
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-m", "config.live"]
CMD ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
