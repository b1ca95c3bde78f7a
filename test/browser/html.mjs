// SPDX-License-Identifier: EUPL-1.2
// The Nu HTML checker (vnu, offline, by Java) over the pages that walk.mjs has kept: one test for
// each page, no error and no warning.
//
//     node html.mjs OUTPUT-FOLDER
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { check, done, none } from './lib.mjs';

const folder = path.resolve(process.argv[2], 'html');
const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const files = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();

// One run for all files, as starting Java takes longer than checking a page. vnu reports on stderr.
function messages() {
  const options = ['-jar', jar, '--exit-zero-always', '--format', 'json', '--no-langdetect'];
  const run = spawnSync('java', [...options, ...files.map((name) => path.join(folder, name))],
    { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.error) throw run.error;
  return JSON.parse(run.stderr).messages;
}

check(files.length > 0, 'there are pages to check');
const found = new Map(files.map((name) => [name, []]));
for (const m of messages()) {
  if (m.type === 'info' && m.subType !== 'warning') continue;
  found.get(path.basename(new URL(m.url).pathname))?.push(`line ${m.lastLine}: ${m.message}`);
}
for (const [name, problems] of found) none(problems, name);
done();
