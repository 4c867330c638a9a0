#!/usr/bin/env python3
"""An example of a client that the client suite can drive through two doors: as a
command, and with --lines as a driver program (DRIVERS.md). Standard library only;
openssl signs for the JWT bearer flow. Operations: login and query."""

import base64
import http.client
import json
import os
import signal
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

TIMEOUT = 20
ATTEMPTS = 3
MAX_BODY = 8 << 20
SOQL = "SELECT Id, Name FROM Contact LIMIT 2000"


class Failed(Exception):
    """What the operator is told."""


class Unsupported(Exception):
    """The client does not have the operation."""


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the secret, or the token, to a host of somebody else."""

    def redirect_request(self, *_):
        return None


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def is_loopback(host):
    return host == "localhost" or host.endswith(".localhost") or host == "::1" or host.startswith("127.")


class Client:
    """Talks to one org. It is used by one thread."""

    def __init__(self, env, cancelled):
        self.env, self.cancelled = env, cancelled
        self.login_url = env.get("SF_LOGIN_URL", "").rstrip("/")
        url = urllib.parse.urlsplit(self.login_url)
        if url.scheme != "https" or not url.hostname:
            raise Failed("SF_LOGIN_URL is %r: want https://<MyDomain>.my.salesforce.com" % self.login_url)
        self.login_host = url.hostname
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if env.get("SF_CA_FILE"):
            context.load_verify_locations(env["SF_CA_FILE"])
        self.opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), NoRedirect)
        self.token = self.instance = None
        self.version = "v" + (env.get("SF_API_VERSION") or "v64.0").lstrip("v")

    def send(self, build, transient):
        """The answer to a request that is built anew for each of three attempts."""
        wait = 1.0
        for attempt in range(1, ATTEMPTS + 1):
            request = build()
            request.add_header("Accept", "application/json")
            request.add_header("User-Agent", "driver-example-python/1.0")
            status, headers, body, problem = 0, {}, b"", None
            try:
                with self.opener.open(request, timeout=TIMEOUT) as answer:
                    status, headers, body = answer.status, answer.headers, answer.read(MAX_BODY)
            except urllib.error.HTTPError as error:
                try:
                    status, headers, body = error.code, error.headers, error.read(MAX_BODY)
                except (OSError, http.client.HTTPException) as broken:
                    problem = broken
            except urllib.error.URLError as error:
                problem = error.reason
                if isinstance(problem, ssl.SSLError):
                    raise Failed("%s is not trusted: %s" % (request.host, problem)) from None
            except (OSError, http.client.HTTPException) as error:
                problem = error
            if problem is None and not transient(status, body):
                return status, body
            if attempt == ATTEMPTS:
                break
            after = headers.get("Retry-After", "") or ""
            if after.isdigit():
                wait = max(wait, min(int(after), 10))
            if self.cancelled.wait(wait):
                raise Failed("given up")
            wait *= 2
        if problem is not None:
            raise Failed("cannot reach %s: %s" % (request.host, type(problem).__name__ + " " + str(problem)[:200]))
        return status, body

    def form(self):
        env = self.env
        if not env.get("SF_CLIENT_ID"):
            raise Failed("SF_CLIENT_ID is not set: the Consumer Key of the app")
        if env.get("SF_PRIVATE_KEY_FILE"):
            return {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": self.assertion()}
        secret = env.get("SF_CLIENT_SECRET")
        if not secret and env.get("SF_CLIENT_SECRET_FILE"):
            with open(env["SF_CLIENT_SECRET_FILE"], encoding="utf-8") as file:
                secret = file.read().strip()
        if not secret:
            raise Failed("SF_CLIENT_SECRET is not set, and SF_PRIVATE_KEY_FILE neither")
        return {"grant_type": "client_credentials", "client_id": env["SF_CLIENT_ID"], "client_secret": secret}

    def assertion(self):
        """Signed anew for each request, and good for two minutes."""
        env = self.env
        if not env.get("SF_USERNAME"):
            raise Failed("SF_USERNAME is not set: the user that the app acts for")
        claims = {
            "iss": env["SF_CLIENT_ID"], "sub": env["SF_USERNAME"],
            "aud": env.get("SF_AUDIENCE") or self.login_url, "exp": int(time.time()) + 120,
        }
        signed = b64(b'{"alg":"RS256","typ":"JWT"}') + "." + b64(json.dumps(claims).encode())
        made = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", env["SF_PRIVATE_KEY_FILE"]],
            input=signed.encode(), capture_output=True, timeout=TIMEOUT, check=False)
        if made.returncode:
            raise Failed("SF_PRIVATE_KEY_FILE holds no RSA private key that openssl can sign with")
        return signed + "." + b64(made.stdout)

    def log_in(self):
        def build():
            return urllib.request.Request(
                self.login_url + "/services/oauth2/token", data=urllib.parse.urlencode(self.form()).encode(), method="POST",
                headers={"Content-Type": "application/x-www-form-urlencoded"})

        status, body = self.send(build, transient_login)
        said = parse(body)
        if not isinstance(said, dict):
            raise Failed("login: %s answers %d with what is no JSON object: is it Salesforce, and is it up?" % (self.login_host, status))
        if status != 200 or said.get("error"):
            raise Failed("login: %s answers %d: %s: %s" % (self.login_host, status, said.get("error"), said.get("error_description")))
        token, instance = said.get("access_token"), said.get("instance_url")
        if not isinstance(token, str) or not isinstance(instance, str) or not token:
            raise Failed("login: the answer of %s lacks access_token or instance_url" % self.login_host)
        self.token, self.instance = token, self.trusted(instance)

    def trusted(self, instance):
        """An instance of Salesforce's domains, or of the login host's machine."""
        url = urllib.parse.urlsplit(instance.rstrip("/"))
        host = url.hostname or ""
        known = host == self.login_host or host.endswith((".salesforce.com", ".force.com")) or (
            is_loopback(host) and is_loopback(self.login_host))
        if url.scheme != "https" or not known:
            raise Failed("login: instance_url %r is no https URL of Salesforce" % instance)
        return "https://" + url.netloc

    def get(self, path):
        """An API call. A session that has ended is renewed once."""
        for renewed in (False, True):
            if self.token is None:
                self.log_in()
            status, body = self.send(lambda: urllib.request.Request(
                self.instance + path, headers={"Authorization": "Bearer " + self.token}), busy)
            if status == 200:
                return parse(body)
            if status != 401 or renewed:
                raise Failed("%s answers %d: %s" % (self.instance, status, api_error(body)))
            self.token = None
        return None


def parse(body):
    try:
        return json.loads(body)
    except ValueError:
        return None


def busy(status, _):
    """The org may answer otherwise in a moment."""
    return status in (408, 429) or status >= 500


def transient_login(status, body):
    said = parse(body)
    code = said.get("error") if isinstance(said, dict) else None
    return busy(status, body) or code in ("unknown_error", "server_error", "temporarily_unavailable")


def api_error(body):
    """What the API says of an error: an array, an object, or neither."""
    said = parse(body)
    if isinstance(said, list) and said:
        said = said[0]
    if not isinstance(said, dict):
        return "no JSON"
    return "%s %s" % (said.get("errorCode", said.get("error")), said.get("message", said.get("error_description")))


def login(client):
    client.get("/services/data/%s/limits" % client.version)
    return 0


def query(client):
    count, path = 0, "/services/data/%s/query?q=%s" % (client.version, urllib.parse.quote(SOQL))
    while path:
        page = client.get(path)
        if not isinstance(page, dict) or not isinstance(page.get("records"), list):
            raise Failed("a page of %s is no JSON object with records" % client.instance)
        count, path = count + len(page["records"]), page.get("nextRecordsUrl")
        if path and (not path.startswith("/services/") or ".." in path):
            raise Failed("nextRecordsUrl of %s leads elsewhere" % client.instance)
    return count


def work(env, cancelled):
    operations = {"login": login, "query": query, "": query}
    operation = operations.get(env.get("CHECK_OPERATION", ""))
    if operation is None:
        raise Unsupported()
    return operation(Client(env, cancelled))


def serve():
    """Works on the requests on standard input, side by side, until its end."""
    lock, cancels = threading.Lock(), {}

    def answer(request):
        said = {"id": request["id"], "ok": True}
        try:
            said["records"] = work(request["env"], cancels[request["id"]])
        except Unsupported:
            said.update(ok=False, unsupported=True)
        except Exception as error:  # pylint: disable=broad-except
            said.update(ok=False, error=str(error) if isinstance(error, Failed) else type(error).__name__)
        with lock:
            cancels.pop(request["id"])
            print(json.dumps(said), flush=True)

    threads = []
    for line in sys.stdin:
        request = json.loads(line)
        with lock:
            if "cancel" in request:
                if request["cancel"] in cancels:
                    cancels[request["cancel"]].set()
                continue
            cancels[request["id"]] = threading.Event()
        threads.append(threading.Thread(target=answer, args=(request,), daemon=True))
        threads[-1].start()
    for thread in threads:
        thread.join()


def main():
    if sys.argv[1:] == ["--lines"]:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        serve()
        return 0
    try:
        print('CHECK {"records":%d}' % work(os.environ, threading.Event()))
    except Unsupported:
        return 127
    except (Failed, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
