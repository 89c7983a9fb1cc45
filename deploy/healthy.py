"""Ends well when the dashboard in this container answers: the health check of the Dockerfile."""

import os
import urllib.request

port = os.environ["STREAMLIT_SERVER_PORT"]
path = "/".join(
    filter(
        None, (os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/"), "_stcore/health")
    )
)
urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=4)
