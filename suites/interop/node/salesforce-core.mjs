// Logs in with @salesforce/core by JWT bearer, waits for a line, and reads with the connection:
//   salesforce-core.mjs SOQL
// The settings are the SF_* variables. A refusal is printed as @salesforce/core tells it.
import dns from 'node:dns';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failed } from './telling.mjs';

const env = process.env;

// A refused login is tried again at login.salesforce.com and test.salesforce.com:
// here no name but the fake's leads anywhere.
const { lookup } = dns;
function lookupFake(host, options, callback) {
  if (host === new URL(env.SF_LOGIN_URL).hostname) return lookup(host, options, callback);
  const err = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
  process.nextTick(typeof options === 'function' ? options : callback, err);
}
// The properties are what makes util.promisify return an address with its family.
dns.lookup = Object.defineProperties(lookupFake, Object.getOwnPropertyDescriptors(lookup));

// It keeps what it knows of orgs in the home folder and its key in the desktop's keyring.
env.HOME = mkdtempSync(join(tmpdir(), 'salesforce-core-'));
process.on('exit', () => rmSync(env.HOME, { recursive: true, force: true }));
env.SF_USE_GENERIC_UNIX_KEYCHAIN = 'true';
env.SF_DISABLE_LOG_FILE = 'true';
env.SF_AUDIENCE_URL = env.SF_AUDIENCE;
const { AuthInfo, Connection } = await import('@salesforce/core');

async function main() {
  const authInfo = await AuthInfo.create({
    username: env.SF_USERNAME,
    oauth2Options: { clientId: env.SF_CLIENT_ID, loginUrl: env.SF_LOGIN_URL, privateKeyFile: env.SF_PRIVATE_KEY_FILE },
  });
  const conn = await Connection.create({ authInfo });
  console.log('logged in');
  await once(process.stdin, 'data');
  const { records } = await conn.query(process.argv[2]);
  console.log(records[0].Username);
}

main().then(() => process.exit(0), failed);
