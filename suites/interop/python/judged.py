"""Authlib as an integrator uses it, made to be judged by sfconform client: client
credentials, and a session that carries the token. Nothing is added to what the library
does. Errors are told as Authlib and Requests word them.
"""

import os
import sys

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session

UNSUPPORTED = 127


def login():
    session = OAuth2Session(os.environ["SF_CLIENT_ID"], os.environ["SF_CLIENT_SECRET"])
    session.fetch_token(os.environ["SF_LOGIN_URL"] + "/services/oauth2/token", grant_type="client_credentials")
    return session


def read_all(session):
    path = f"/services/data/v{os.environ['SF_API_VERSION']}/query?q=SELECT Id, Name FROM Contact LIMIT 2000"
    while path:
        response = session.get(session.token["instance_url"] + path)
        if not response.ok:
            sys.exit(f"{response.status_code}: {response.text}")
        path = response.json().get("nextRecordsUrl")


def main():
    operation = os.environ.get("CHECK_OPERATION")
    if operation not in ("login", "query"):
        sys.exit(UNSUPPORTED)
    try:
        session = login()
        if operation == "query":
            read_all(session)
    except (AuthlibBaseError, requests.RequestException, ValueError) as err:
        sys.exit(f"{type(err).__name__}: {err}")


main()
