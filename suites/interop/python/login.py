"""Logs in with Requests and prints the user name that it reads of its own user:

    login.py client-credentials|jwt-bearer [LOGIN_URL]

The settings are the SF_* variables. LOGIN_URL is another place to log in, and
JWT bearer's audience there: https://login.salesforce.com.
"""

import base64
import json
import os
import sys
import time

import requests
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def assertion(audience):
    claims = {
        "iss": os.environ["SF_CLIENT_ID"],
        "sub": os.environ["SF_USERNAME"],
        "aud": audience,
        "exp": int(time.time()) + 180,
    }
    signed = b".".join(base64url(json.dumps(part).encode()) for part in ({"alg": "RS256"}, claims))
    with open(os.environ["SF_PRIVATE_KEY_FILE"], "rb") as file:
        key = serialization.load_pem_private_key(file.read(), password=None)
    return signed + b"." + base64url(key.sign(signed, padding.PKCS1v15(), hashes.SHA256()))


def post(login_url, form):
    response = requests.post(login_url + "/services/oauth2/token", data=form, timeout=20)
    if not response.ok:
        sys.exit(response.text)
    return response.json()


def login(flow, login_url=None):
    if flow == "jwt-bearer":
        signed = assertion(login_url or os.environ["SF_AUDIENCE"])
        return post(
            login_url or os.environ["SF_LOGIN_URL"],
            {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": signed},
        )
    return post(
        login_url or os.environ["SF_LOGIN_URL"],
        {
            "grant_type": "client_credentials",
            "client_id": os.environ["SF_CLIENT_ID"],
            "client_secret": os.environ["SF_CLIENT_SECRET"],
        },
    )


def main():
    session = login(*sys.argv[1:])
    response = requests.get(
        session["instance_url"] + "/services/data/v67.0/query",
        params={"q": f"SELECT Username FROM User WHERE Username = '{os.environ['SF_USERNAME']}'"},
        headers={"Authorization": "Bearer " + session["access_token"]},
        timeout=20,
    )
    if not response.ok:
        sys.exit(response.text)
    print(response.json()["records"][0]["Username"])


main()
