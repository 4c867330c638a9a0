#!/usr/bin/env node
// An example of a client that the client suite can drive through two doors: as a
// command, and with --lines as a driver program (DRIVERS.md). Node's own modules
// only. Operations: login and query.
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import https from 'node:https';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';

const TIMEOUT = 20_000, ATTEMPTS = 3, MAX_BODY = 8 << 20;
const SOQL = 'SELECT Id, Name FROM Contact LIMIT 2000';

class Failed extends Error {}
class Unsupported extends Error {}

const isLoopback = (host) => host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || host.startsWith('127.');
const b64 = (data) => Buffer.from(data).toString('base64url');
const parse = (body) => { try { return JSON.parse(body); } catch { return undefined; } };

// The org may answer otherwise in a moment.
const busy = ({ status }) => status === 408 || status === 429 || status >= 500;
const transientLogin = (answer) => busy(answer) ||
  ['unknown_error', 'server_error', 'temporarily_unavailable'].includes(parse(answer.body)?.error);

// Talks to one org, one call at a time.
class Client {
  constructor(env, signal) {
    this.env = env;
    this.signal = signal;
    try { this.login = new URL(env.SF_LOGIN_URL ?? ''); } catch { /* told below */ }
    if (this.login?.protocol !== 'https:') {
      throw new Failed(`SF_LOGIN_URL is "${env.SF_LOGIN_URL ?? ''}": want https://<MyDomain>.my.salesforce.com`);
    }
    const ca = env.SF_CA_FILE ? [...rootCertificates, readFileSync(env.SF_CA_FILE, 'utf8')] : undefined;
    this.agent = new https.Agent({ keepAlive: true, minVersion: 'TLSv1.2', ca });
    this.version = 'v' + (env.SF_API_VERSION || 'v64.0').replace(/^v/, '');
  }

  // One request. https.request follows no redirect, which would carry the secret or
  // the token to a host of somebody else.
  once(url, options, form) {
    return new Promise((resolve, reject) => {
      const headers = { Accept: 'application/json', 'User-Agent': 'driver-example-node/1.0', ...options.headers };
      if (form !== undefined) headers['Content-Length'] = Buffer.byteLength(form);
      const signal = AbortSignal.any([this.signal, AbortSignal.timeout(TIMEOUT)]);
      const request = https.request(url, { ...options, headers, agent: this.agent, signal }, (answer) => {
        const parts = [];
        let size = 0;
        answer.on('data', (part) => { if ((size += part.length) <= MAX_BODY) parts.push(part); else request.destroy(new Error('too long')); });
        answer.on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString('utf8') }));
      });
      request.on('error', reject);
      request.end(form);
    });
  }

  // The answer to a request that is built anew for each of three attempts.
  async send(build, transient) {
    for (let attempt = 1, wait = 1000; ; attempt++, wait *= 2) {
      const { url, options, form } = build();
      let answer, problem;
      try { answer = await this.once(url, options, form); } catch (error) { problem = error; }
      if (answer && !transient(answer)) return answer;
      const untrusted = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(problem?.code ?? '');
      if (attempt === ATTEMPTS || untrusted || this.signal.aborted) {
        if (answer) return answer;
        throw new Failed(`cannot reach ${url.host}: ${problem.code ?? problem.name} ${problem.message}`);
      }
      const after = Number(answer?.headers['retry-after']) * 1000;
      if (after > wait) wait = Math.min(after, 10_000);
      await sleep(wait, undefined, { signal: this.signal });
    }
  }

  form() {
    const { env } = this;
    if (!env.SF_CLIENT_ID) throw new Failed('SF_CLIENT_ID is not set: the Consumer Key of the app');
    if (env.SF_PRIVATE_KEY_FILE) {
      return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: this.assertion() };
    }
    let secret = env.SF_CLIENT_SECRET;
    if (!secret && env.SF_CLIENT_SECRET_FILE) secret = readFileSync(env.SF_CLIENT_SECRET_FILE, 'utf8').trim();
    if (!secret) throw new Failed('SF_CLIENT_SECRET is not set, and SF_PRIVATE_KEY_FILE neither');
    return { grant_type: 'client_credentials', client_id: env.SF_CLIENT_ID, client_secret: secret };
  }

  // Signed anew for each request, and good for two minutes.
  assertion() {
    const { env } = this;
    if (!env.SF_USERNAME) throw new Failed('SF_USERNAME is not set: the user that the app acts for');
    const claims = {
      iss: env.SF_CLIENT_ID, sub: env.SF_USERNAME, aud: env.SF_AUDIENCE || this.login.origin,
      exp: Math.floor(Date.now() / 1000) + 120,
    };
    const signed = `${b64('{"alg":"RS256","typ":"JWT"}')}.${b64(JSON.stringify(claims))}`;
    let key;
    try { key = readFileSync(env.SF_PRIVATE_KEY_FILE, 'utf8'); } catch (error) { throw new Failed(`SF_PRIVATE_KEY_FILE: ${error.code}`); }
    try { return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`; } catch {
      throw new Failed('SF_PRIVATE_KEY_FILE holds no RSA private key');
    }
  }

  async logIn() {
    const answer = await this.send(() => ({
      url: new URL('/services/oauth2/token', this.login),
      options: { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      form: new URLSearchParams(this.form()).toString(),
    }), transientLogin);
    const said = parse(answer.body);
    if (said === null || typeof said !== 'object') {
      throw new Failed(`login: ${this.login.host} answers ${answer.status} with what is no JSON object: is it Salesforce, and is it up?`);
    }
    if (answer.status !== 200 || said.error) {
      throw new Failed(`login: ${this.login.host} answers ${answer.status}: ${said.error}: ${said.error_description}`);
    }
    if (!said.access_token || !said.instance_url) {
      throw new Failed(`login: the answer of ${this.login.host} lacks access_token or instance_url`);
    }
    this.instance = this.trusted(said.instance_url);
    this.token = said.access_token;
  }

  // An instance of Salesforce's domains, or of the login host's machine.
  trusted(text) {
    let url;
    try { url = new URL(text); } catch { /* told below */ }
    const host = url?.hostname ?? '', home = this.login.hostname;
    const known = host === home || /\.(salesforce|force)\.com$/.test(host) || (isLoopback(host) && isLoopback(home));
    if (url?.protocol !== 'https:' || !known) throw new Failed(`login: instance_url "${text}" is no https URL of Salesforce`);
    return url.origin;
  }

  // An API call. A session that has ended is renewed once.
  async get(path) {
    for (let renewed = false; ; renewed = true) {
      if (!this.token) await this.logIn();
      const answer = await this.send(() => ({
        url: new URL(this.instance + path), options: { method: 'GET', headers: { Authorization: `Bearer ${this.token}` } },
      }), busy);
      if (answer.status === 200) return parse(answer.body);
      if (answer.status !== 401 || renewed) {
        throw new Failed(`${this.instance} answers ${answer.status}: ${apiError(answer.body)}`);
      }
      this.token = undefined;
    }
  }
}

// What the API says of an error: an array, an object, or neither.
function apiError(body) {
  let said = parse(body);
  if (Array.isArray(said)) [said] = said;
  if (said === null || typeof said !== 'object') return 'no JSON';
  return `${said.errorCode ?? said.error} ${said.message ?? said.error_description}`;
}

async function login(client) {
  await client.get(`/services/data/${client.version}/limits`);
  return 0;
}

async function query(client) {
  let count = 0;
  for (let path = `/services/data/${client.version}/query?q=${encodeURIComponent(SOQL)}`; path;) {
    const page = await client.get(path);
    if (!Array.isArray(page?.records)) throw new Failed(`a page of ${client.instance} is no JSON object with records`);
    count += page.records.length;
    path = page.nextRecordsUrl;
    if (path && (!path.startsWith('/services/') || path.includes('..'))) throw new Failed(`nextRecordsUrl of ${client.instance} leads elsewhere`);
  }
  return count;
}

async function work(env, signal) {
  const operation = { '': query, query, login }[env.CHECK_OPERATION ?? ''];
  if (!operation) throw new Unsupported();
  const client = new Client(env, signal);
  try { return await operation(client); } finally { client.agent.destroy(); }
}

// Works on the requests on standard input, side by side, until its end.
async function serve() {
  process.on('SIGTERM', () => process.exit(0));
  const cancels = new Map();
  const say = (answer) => process.stdout.write(JSON.stringify(answer) + '\n');
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, env, cancel } = JSON.parse(line);
    if (cancel !== undefined) { cancels.get(cancel)?.abort(); continue; }
    const abort = new AbortController();
    cancels.set(id, abort);
    work(env, abort.signal).then(
      (records) => say({ id, ok: true, records }),
      (error) => say(error instanceof Unsupported ? { id, ok: false, unsupported: true } : { id, ok: false, error: error.message }),
    ).finally(() => cancels.delete(id));
  }
}

if (process.argv[2] === '--lines') {
  await serve();
} else {
  try {
    console.log(`CHECK ${JSON.stringify({ records: await work(process.env, new AbortController().signal) })}`);
  } catch (error) {
    if (!(error instanceof Unsupported)) console.error(error instanceof Failed ? error.message : error.name);
    process.exitCode = error instanceof Unsupported ? 127 : 1;
  }
}
