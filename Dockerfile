# The dashboard as a container: no root, a file system that is only read, and a health check. `docs/hosting.md` says how to run it.
FROM python:3.11-slim-bookworm AS build
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --disable-pip-version-check -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# Chromium makes the PDF and the images that are taken home; without it (--build-arg WITH_CHROMIUM=) the image is a third and the rest works.
ARG WITH_CHROMIUM=yes
RUN if [ -n "$WITH_CHROMIUM" ]; then apt-get update && apt-get install -y --no-install-recommends chromium && rm -rf /var/lib/apt/lists/*; fi \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin aaa \
    && install -d -o aaa -g aaa /var/lib/aaa /srv/aaa
COPY --from=build /venv /venv
COPY dashboard.py pyproject.toml deploy/healthy.py /app/
COPY .streamlit/config.toml /app/.streamlit/config.toml
COPY aaa /app/aaa
COPY pages /app/pages
COPY data /app/data
RUN /venv/bin/python -m compileall -q /app/aaa /app/pages

WORKDIR /app
USER 10001
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 HOME=/tmp TZ=Europe/Amsterdam AAA_STATE=/var/lib/aaa AAA_BROWSER_SANDBOX=none \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 STREAMLIT_SERVER_PORT=8501 STREAMLIT_SERVER_FILE_WATCHER_TYPE=none STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE=true
VOLUME /var/lib/aaa
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "healthy.py"]
CMD ["streamlit", "run", "dashboard.py"]
