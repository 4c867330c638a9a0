"""Reads through the SOAP API with Zeep and prints the user name that it reads of its own user:

    soap.py enterprise|partner [QUERY]

The token comes by client credentials, with the client in a Basic header as Jitterbit
App Builder sends it. The settings are the SF_* variables. It prints "logged in" and
waits for a line before it calls.
"""

import os
import sys

import requests
import zeep
from zeep.transports import Transport


def login():
    response = requests.post(
        os.environ["SF_LOGIN_URL"] + "/services/oauth2/token",
        data={"grant_type": "client_credentials"},
        auth=(os.environ["SF_CLIENT_ID"], os.environ["SF_CLIENT_SECRET"]),
        timeout=20,
    )
    if not response.ok:
        sys.exit(response.text)
    return response.json()["access_token"]


def main():
    api = sys.argv[1]
    token = login()
    session = requests.Session()
    session.headers["Authorization"] = "Bearer " + token
    wsdl = os.environ["SF_LOGIN_URL"] + "/services/wsdl/" + api
    client = zeep.Client(wsdl, transport=Transport(session=session, timeout=20, operation_timeout=20))
    del session.headers["Authorization"]
    header = {"SessionHeader": {"sessionId": token}}
    print("logged in", flush=True)
    sys.stdin.readline()
    try:
        user = result(client.service.getUserInfo(_soapheaders=header))
        query = sys.argv[2] if len(sys.argv) > 2 else f"SELECT Username FROM User WHERE Id = '{user.userId}'"
        found = result(client.service.query(queryString=query, _soapheaders=header))
        described = result(client.service.describeSObject(sObjectType="User", _soapheaders=header))
    except zeep.exceptions.Fault as fault:
        sys.exit(f"{fault.code} {fault.message}")
    if found.size != 1 or described.keyPrefix != "005":
        sys.exit(f"{found.size} records of {described.name}")
    print(username(found.records[0]))


def result(answer):
    """Beside the body stands a header: how many of the day's requests are used up."""
    used = answer.header.LimitInfoHeader.limitInfo[0]
    if used.type != "API REQUESTS" or not 0 < used.current <= used.limit:
        sys.exit(f"{used.type}: {used.current} of {used.limit}")
    return answer.body.result


def username(record):
    """Partner records hold their fields as elements without a type."""
    if hasattr(record, "Username"):
        return record.Username
    return next(field.text for field in record._value_1 if field.tag.endswith("}Username"))


main()
