# One image for web, workers, scheduler and migrations. Built and run as an ordinary account.
FROM python:3.12-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --quiet uv==0.13.9 \
    && /venv/bin/python -m uv pip install --quiet --no-cache --compile-bytecode --python /venv/bin/python \
        --require-hashes -r requirements.txt \
    && /venv/bin/pip uninstall --quiet --yes uv

FROM python:3.12-slim
RUN useradd --uid 10001 --create-home --shell /usr/sbin/nologin daybook \
    && install -d -o daybook -g daybook /var/lib/daybook
COPY --from=packages /venv /venv
COPY --chown=root:root . /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    SEAL_ROOTS_FILE=/var/lib/daybook/seal-roots.jsonl \
    PYTHONUNBUFFERED=1
# The settings refuse to load without secrets; collecting static files uses none of these words.
RUN SECRET_KEY=only-for-collecting-static-files-while-the-image-is-built \
    PUBLIC_BASE_URL=https://build.invalid ALLOWED_HOSTS=build.invalid DATABASE_URL=postgres://build.invalid/build \
    REDIS_URL=redis://build.invalid FIELD_KEYS=build INDEX_KEY=build SEAL_KEY=build \
    python manage.py collectstatic --no-input --verbosity 0
USER daybook
EXPOSE 8000
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--no-ws", \
     "--workers", "2", "--blocking-threads", "16", "--respawn-failed-workers", "config.wsgi:application"]
