# The whole product in one image: pages, addresses and workers. It runs as a user without rights,
# writes only to /data and /tmp, and needs no internet once it is built.
#
#   docker build -t groundshift:cuda .                                  for NVIDIA cards
#   docker build -t groundshift --build-arg TORCH_INDEX=<address> .     for processors, much smaller

ARG PYTHON=3.11.14-slim-bookworm

FROM python:${PYTHON} AS build
# Index of packages with PyTorch's builds for processors (PyTorch's own pages name it). Without it
# the usual build is taken: it brings CUDA along, and the host brings only its driver.
ARG TORCH_INDEX=
WORKDIR /app
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
# Packages change less often than code: their layer is kept until these files change.
COPY requirements.txt ./
COPY pages/_ui/components pages/_ui/components
RUN if [ -n "$TORCH_INDEX" ]; then \
      pip install --index-url "$TORCH_INDEX" "$(grep -o '^torch==[0-9.]*' requirements.txt)"; \
    fi \
 && pip install -r requirements.txt

FROM python:${PYTHON} AS run
# GDAL in rasterio's wheel expects this library on the system.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libexpat1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin groundshift \
 && install -d -o groundshift -g groundshift -m 0700 /data
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
COPY app.py cli.py errors.py progress.py settings.py ./
COPY LICENSE NOTICE requirements.txt ./
COPY .streamlit/config.toml .streamlit/config.toml
COPY agent agent
COPY analysis analysis
COPY commands commands
COPY exports exports
COPY inference inference
COPY pages pages
COPY raster raster
COPY sample_scenes sample_scenes
COPY services services
COPY simulation simulation
COPY web web
COPY weights weights
COPY wording wording
COPY workspace workspace
COPY deploy/healthcheck.py deploy/healthcheck.py
RUN /opt/venv/bin/python -m compileall -q .
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    MPLCONFIGDIR=/tmp \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501 \
    STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE=true \
    FORWARDED_ALLOW_IPS=none \
    GROUNDSHIFT_DATA_DIR=/data \
    GROUNDSHIFT_RESULTS_DIR=/data/results \
    GROUNDSHIFT_LOG_FORMAT=json \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER 10001:10001
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "deploy/healthcheck.py"]
CMD ["streamlit", "run", "app.py"]
