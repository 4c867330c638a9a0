// jsforce as an integrator uses it, made to be judged by sfconform client: client
// credentials, with a refreshFn that logs in again. Nothing is added to what the library
// does. Errors are told as jsforce words them.
import jsforce from 'jsforce';

const { SF_LOGIN_URL, SF_CLIENT_ID, SF_CLIENT_SECRET, SF_API_VERSION, CHECK_OPERATION } = process.env;
const unsupported = 127;
const grant = { grant_type: 'client_credentials' };

function renew(conn, callback) {
  conn.oauth2.requestToken(grant).then(
    (answer) => callback(null, answer.access_token),
    (err) => callback(err),
  );
}

async function work() {
  const conn = new jsforce.Connection({
    oauth2: { loginUrl: SF_LOGIN_URL, clientId: SF_CLIENT_ID, clientSecret: SF_CLIENT_SECRET },
    version: SF_API_VERSION, refreshFn: renew,
  });
  await conn.authorize(grant);
  if (CHECK_OPERATION === 'login') return;
  let page = await conn.query('SELECT Id, Name FROM Contact LIMIT 2000');
  while (!page.done) page = await conn.request(page.nextRecordsUrl);
}

if (CHECK_OPERATION !== 'login' && CHECK_OPERATION !== 'query') process.exit(unsupported);
work().catch((err) => {
  console.error(`${err.name}: ${err.message}`);
  process.exitCode = 1;
});
