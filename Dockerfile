# The wheel is built in one stage and installed in the next; what runs is an ordinary user's `ssc serve`.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml requirements.lock README.md ./
RUN python -m venv /app \
    && /app/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock
COPY src src
COPY frontend frontend
COPY migrations migrations
# hatchling is pinned in the lock; what is only for tests leaves again after the build.
RUN /app/bin/python -m hatchling build -t wheel \
    && /app/bin/pip install --no-cache-dir --no-deps --no-index dist/ssc-*.whl \
    && /app/bin/pip uninstall --yes --quiet mypy ruff pytest pytest-xdist hypothesis playwright \
        aiosmtpd axe-playwright-python import-linter grimp openpyxl types-openpyxl hatchling icalendar vobject

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /home/ssc ssc \
    && mkdir /data && chown ssc:ssc /data && chmod 700 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH PYTHONUNBUFFERED=1 SSC_DATA_DIR=/data
USER ssc
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ.get(\"SSC_PORT\", 8000)}/healthz', timeout=4)"]
CMD ["ssc", "serve", "--host", "0.0.0.0"]
