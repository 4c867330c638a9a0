// Logs in with openid-client, which finds the token endpoint by discovery and takes
// https alone, and prints the user name that it reads of its own user:
//   openid-client.mjs client-credentials|jwt-bearer [LOGIN_URL]
// The settings are the SF_* variables. LOGIN_URL is another place to log in, and JWT
// bearer's audience there: https://login.salesforce.com.
import * as client from 'openid-client';
import { assertion } from './assertion.mjs';
import { failed } from './telling.mjs';

const env = process.env;

async function login(flow, loginUrl) {
  const server = new URL(loginUrl ?? env.SF_LOGIN_URL);
  if (flow === 'jwt-bearer') {
    const config = await client.discovery(server, env.SF_CLIENT_ID, undefined, client.None());
    const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    return [config, await client.genericGrantRequest(config, grant, { assertion: assertion(loginUrl ?? env.SF_AUDIENCE) })];
  }
  const config = await client.discovery(server, env.SF_CLIENT_ID, env.SF_CLIENT_SECRET);
  return [config, await client.clientCredentialsGrant(config)];
}

async function main() {
  const [config, session] = await login(...process.argv.slice(2));
  const url = new URL('/services/data/v67.0/query', session.instance_url);
  url.searchParams.set('q', `SELECT Username FROM User WHERE Username = '${env.SF_USERNAME}'`);
  const answer = await client.fetchProtectedResource(config, session.access_token, url, 'GET');
  const { records } = await answer.json();
  console.log(records[0].Username);
}

main().then(() => process.exit(0), failed);
