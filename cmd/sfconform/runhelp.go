package main

const runHelp = `Run the cases of the catalogue, each over plain HTTP and, where package flows can
express it, through package flows too. Without --target or --live the fake org of
this program answers, a fresh one for every case: that takes a few seconds for all
of them and needs no network.

The summary comes first, then every failure with what was sent, expected and seen,
then what was skipped and why. Nothing run is a failure.

With --filter those cases run whose labels fit, joined with &&, || and !( ):
  case: containsAny client-credentials-body-auth
  flow: containsAny jwt-bearer        or client-credentials, username-password, refresh-token
  kind: containsAny refusal           or success, precedence, session, propagation
  refusal: containsAny ip-restricted  the case shows this refusal, be it in a later step
  switch: containsAny audience-forms  the case holds under one option of this behaviour
                                      switch only; switch: isEmpty leaves such cases out
  door: containsAny plain             or flows

With --target or --live one GET /services/data without credentials comes first, to
see that something answers there. It does not count against --budget.

With --live a real org is asked. Only cases run that need no change of the org and
cannot lock a user out, within --budget calls, and every difference between what
the fake answers and what the org answered is a row of a table. The org is named by
  SFCONFORM_LIVE_LOGIN_URL         its My Domain, https://acme.my.salesforce.com
  SFCONFORM_LIVE_CLIENT_ID         Consumer Key
  SFCONFORM_LIVE_CLIENT_SECRET     Consumer Secret (client credentials cases)
  SFCONFORM_LIVE_USERNAME          user of the assertion (JWT bearer cases)
  SFCONFORM_LIVE_PRIVATE_KEY_FILE  PEM file of the key (JWT bearer cases)
  SFCONFORM_LIVE_AUDIENCE          aud, if it is not the login URL
and where one is not set, by the variable that has SF_ in place of SFCONFORM_LIVE_.
With --live --target, something on this machine stands in for the org under its name.

Exit codes: 0 conforms, 1 does not, 2 usage or configuration, 3 the harness failed:
nothing answers at the address, say, or the run was ended.`

const runExamples = `  sfconform run
  sfconform run --only client-credentials-wrong-secret --only jwt-bearer-private-key-sent
  sfconform run --flow jwt-bearer --filter 'kind: containsAny refusal'
  sfconform run --behaviour documented          which cases another reading changes
  sfconform run --report build/conformance      report.json and junit.xml
  mocksf --control-addr 127.0.0.1:9000 --addr 127.0.0.1:8080 &
  sfconform run --target http://127.0.0.1:8080 --control http://127.0.0.1:9000
  sfconform run --live --budget 20`
