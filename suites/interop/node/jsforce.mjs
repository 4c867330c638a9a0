// Logs in with jsforce, waits for a line, and reads with the connection:
//   jsforce.mjs client-credentials|jwt-bearer|renewing SOQL [LOGIN_URL]
// renewing is client credentials with a refreshFn, which jsforce calls on a 401.
// LOGIN_URL is another place to log in, and JWT bearer's audience there.
// The settings are the SF_* variables. A refusal is printed as jsforce tells it.
import { once } from 'node:events';
import jsforce from 'jsforce';
import { assertion } from './assertion.mjs';
import { failed } from './telling.mjs';

const env = process.env;
const [flow, soql, loginUrl] = process.argv.slice(2);

const clientCredentials = { grant_type: 'client_credentials' };

async function login() {
  const oauth2 = { loginUrl: loginUrl ?? env.SF_LOGIN_URL, clientId: env.SF_CLIENT_ID };
  if (flow === 'jwt-bearer') {
    const conn = new jsforce.Connection({ oauth2 });
    await conn.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertion(loginUrl ?? env.SF_AUDIENCE) });
    return withTokenAlone(conn);
  }
  oauth2.clientSecret = env.SF_CLIENT_SECRET;
  const conn = new jsforce.Connection({ oauth2, refreshFn: flow === 'renewing' ? renew : undefined });
  await conn.authorize(clientCredentials);
  return flow === 'renewing' ? conn : withTokenAlone(conn);
}

// A connection that has OAuth settings and no refresh token answers an ended
// session with words of its own; one with the token alone shows the org's.
function withTokenAlone({ instanceUrl, accessToken }) {
  return new jsforce.Connection({ instanceUrl, accessToken });
}

function renew(conn, callback) {
  conn.oauth2.requestToken(clientCredentials).then(
    (answer) => callback(null, answer.access_token),
    (err) => callback(err),
  );
}

// check ends the program when the identity or the limits are not what a client needs.
async function check(conn) {
  const identity = await conn.identity();
  if (identity.username !== env.SF_USERNAME) throw new Error(`identity names ${identity.username}`);
  const limits = await conn.limits();
  if (!(limits.DailyApiRequests?.Max > 0)) throw new Error('limits have no DailyApiRequests');
  if (!(conn.limitInfo.apiUsage?.limit > 0)) throw new Error('no API usage was told');
}

async function main() {
  const conn = await login();
  console.log('logged in');
  await once(process.stdin, 'data');
  const { records } = await conn.query(soql);
  await check(conn);
  console.log(records[0].Username);
}

main().then(() => process.exit(0), failed);
