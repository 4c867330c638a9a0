package main

const clientHelp = `Have a client, in any language, work in one situation after another, and say by what
it does there whether it is ready for production. Nothing of Salesforce is needed: each
situation has a fake org of its own.

The client reads its settings from the environment:
  SF_LOGIN_URL, SF_CLIENT_ID, SF_CLIENT_SECRET           client credentials
  SF_LOGIN_URL, SF_CLIENT_ID, SF_USERNAME,
  SF_PRIVATE_KEY_FILE, SF_AUDIENCE                       JWT bearer
  SF_CA_FILE, SF_API_VERSION                             both
and what to do from CHECK_OPERATION: login, query, write, burst:N, twice-with-pause,
two-orgs or run-until-killed. It ends with exit code 0 when the work is done, 1 when
it has failed and said so, 127 for an operation that it does not have. A client with
other variables is served by --env; one that knows no operations does what it does.

Ways to have it work:
  -- COMMAND ARG...             a start of the command for each piece of work
  --via proxy -- COMMAND ARG... the same, for a client with Salesforce's host names
  --driver -- COMMAND ARG...    one program that takes its work as JSON lines
  --manual                      a person does it, for closed products
  --watch                       whatever arrives is judged, until Ctrl-C

What is asked of a client, and in which situations, is shown by "sfconform list
--requirements", "sfconform list --scenarios" and "sfconform show ID" for one of either.

What is the same each time stands in sfconform.yaml, which sfconform init writes;
flags stand above it. Ctrl-C ends the run, and the report says what was done by then:
what was not played is inconclusive, so that such a run does not conform.

Exit codes:
  0  conforms
  1  does not conform: a must is broken or could not be tested, a waiver is stale,
     with --strict a warning, with --final an open review
  2  usage or configuration: also a client that cannot be started or never calls
  3  the harness itself failed`

const clientExamples = `  sfconform client -- ./my-client
  sfconform client --flow jwt-bearer -- python3 client.py
  sfconform client --env TOKEN_URL='${SF_LOGIN_URL}/services/oauth2/token' -- node sync.js
  sfconform client --only session-no-loop --scenario session-stays-refused -- ./my-client
  sfconform client --report result.html --report junit.xml -- ./my-client
  sfconform client --since last.json --report now.json
  sfconform client --via proxy -- ./my-client          for one with Salesforce's host names
  sfconform client --driver -- node driver.mjs         for the author of a library
  sfconform client --manual --name "Acme ERP" --flow client-credentials`
