// Signs what jwt-bearer clients post, with Node's own crypto: the clients here post an
// assertion but make none. The settings are the SF_* variables.
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';

const env = process.env;

export function assertion(audience) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 180;
  const signed = `${part({ alg: 'RS256' })}.${part({ iss: env.SF_CLIENT_ID, sub: env.SF_USERNAME, aud: audience, exp })}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(readFileSync(env.SF_PRIVATE_KEY_FILE), 'base64url')}`;
}
