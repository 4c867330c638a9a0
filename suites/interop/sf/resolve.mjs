// Resolves a project as Salesforce's tools do and prints its components, a line each.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { ComponentSet } = require('@salesforce/source-deploy-retrieve');

const set = ComponentSet.fromSource(process.argv[2]);
const lines = set.getSourceComponents().toArray().map((c) => `${c.type.name}:${c.fullName}`);
console.log(lines.sort().join('\n'));
