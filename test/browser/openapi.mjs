// SPDX-License-Identifier: EUPL-1.2
// The description of the API, as the server gives it, under Redocly's recommended rules.
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { base, check, done, none } from './lib.mjs';

const answer = await fetch(`${base}/openapi.json`);
check(answer.status === 200, '/openapi.json answers', [answer.status]);
const config = await createConfig({
  extends: ['recommended'],
  rules: {
    // The server that answers is a demo on this machine; its address is the right one.
    'no-server-example.com': 'off',
  },
});
const source = await answer.text();
const problems = await lintFromString({ source, absoluteRef: '/openapi.json', config });
none(problems.map((p) => `${p.severity} ${p.ruleId} ${p.location[0]?.pointer}: ${p.message}`),
  'no error and no warning');
check(Object.keys(JSON.parse(source).paths ?? {}).length > 0, 'it describes paths');
done();
