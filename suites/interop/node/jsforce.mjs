// Logs in with jsforce, waits for a line, and reads with the connection:
//   jsforce.mjs client-credentials|jwt-bearer|renewing SOQL
// renewing is client credentials with a refreshFn, which jsforce calls on a 401.
// The settings are the SF_* variables. A refusal is printed as jsforce tells it.
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import jsforce from 'jsforce';

const env = process.env;
const [flow, soql] = process.argv.slice(2);

// jsforce posts an assertion but makes none.
function assertion() {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 180;
  const signed = `${part({ alg: 'RS256' })}.${part({ iss: env.SF_CLIENT_ID, sub: env.SF_USERNAME, aud: env.SF_AUDIENCE, exp })}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(readFileSync(env.SF_PRIVATE_KEY_FILE), 'base64url')}`;
}

const clientCredentials = { grant_type: 'client_credentials' };

async function login() {
  const oauth2 = { loginUrl: env.SF_LOGIN_URL, clientId: env.SF_CLIENT_ID };
  if (flow === 'jwt-bearer') {
    const conn = new jsforce.Connection({ oauth2 });
    await conn.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertion() });
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

main().then(
  () => process.exit(0),
  (err) => {
    console.error(`${err.name}: ${err.message}`);
    process.exit(1);
  },
);
