import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assertTemplates } from '../../pipeline/commands/brief-templates.ts';
import { signatureHeaders } from '../../pipeline/commands/send-webhooks.ts';
import { SaveTemplatesRequest } from '../../review-api/contract/briefs.ts';
import { Problem } from '../../review-api/contract/problem.ts';
import { type RouteSpec, routes } from '../../review-api/contract/routes.ts';
import { WebhookBody } from '../../review-api/contract/webhook.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, text = '']) => text,
  );

const table = Object.values(routes) as RouteSpec[];
function findRoute(method: string, path: string): { spec: RouteSpec; params: Record<string, string> } | null {
  for (const spec of table) {
    if (spec.method.toUpperCase() !== method) continue;
    const names = [...spec.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    const pattern = new RegExp(`^${spec.path.replace(/:\w+/g, '([^/]+)')}$`);
    const found = pattern.exec(path);
    // A path without parameters is its own route, whatever else would fit.
    if (found !== null && (names.length === 0 || !table.some((other) => other.path === path))) {
      return { spec, params: Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ''])) };
    }
  }
  return null;
}

describe('the worked examples of docs/api.md', () => {
  const requests = blocks('http').map((text) => {
    const [head = '', ...rest] = text.split('\n');
    const [method = '', ...address] = head.split(' ');
    return [head, { method, address: address.join(' '), body: rest.join('\n').trim() }] as const;
  });

  it.each(requests)('%s', (_, { method, address, body }) => {
    const [path = '', query = ''] = address.split('?');
    const found = findRoute(method, path);
    if (found === null) throw new Error(`no route ${method} ${path}`);
    const { spec, params } = found;
    if (spec.params !== null) spec.params.parse(params);
    spec.query?.parse(Object.fromEntries(new URLSearchParams(query)));
    if (spec.query === null) expect(query).toBe('');
    if (spec.body === null) expect(body === '' || body === '{}').toBe(true);
    else spec.body.parse(JSON.parse(body));
  });

  it('there is one for every noun', () => {
    const shown = new Set(requests.map(([, { address }]) => address.split('/')[2]?.split('?')[0]));
    const nouns = new Set(table.map(({ path }) => path.split('/')[2] ?? ''));
    const lesser = [
      ...['account', 'sign-in', 'setup', 'review-chains', 'routing', 'openapi.json', 'handover-links'],
      ...[
        'answers-export',
        'channel-assets',
        'help-collectors',
        'help-replies',
        'leaders',
        'stand-ins',
        'draft-links',
      ],
    ];
    expect([...nouns].filter((noun) => noun !== '' && !shown.has(noun)).sort()).toEqual(lesser.sort());
  });

  it.each([
    ...['saveCalendar', 'saveBriefTemplates', 'createBrief', 'saveBriefWords'],
    ...['submitBrief', 'returnBrief', 'approveBrief', 'withdrawBrief'],
  ] as const)('there is one of %s', (name) => {
    const wanted: RouteSpec = routes[name];
    const isOf = ({ method, address }: { method: string; address: string }) =>
      findRoute(method, address.split('?')[0] ?? '')?.spec === wanted;
    expect(requests.some(([, request]) => isOf(request))).toBe(true);
  });

  it('templates are such as would be saved', () => {
    const [, asked] = requests.find(([head]) => head === 'POST /api/brief-templates') ?? [];
    const { templates } = SaveTemplatesRequest.parse(JSON.parse(asked?.body ?? '{}'));
    expect(() => assertTemplates(templates)).not.toThrow();
  });

  it('the problem and the webhook are what is sent', () => {
    const [problem = '', told = ''] = blocks('json');
    expect(Problem.parse(JSON.parse(problem))).toEqual(JSON.parse(problem));
    expect(WebhookBody.parse(JSON.parse(told))).toEqual(JSON.parse(told));
  });

  it('the check of a signature takes ours, and no other', () => {
    const [code = ''] = blocks('js');
    const secret = `whsec_${Buffer.from('a key of thirty-two bytes, or so').toString('base64')}`;
    const headers = signatureHeaders('id', '{}', { secret, at: new Date().toISOString() });
    const source = code.replace(/^import .*$/m, '').replace('export function', 'return function');
    const build = new Function('createHmac', 'timingSafeEqual', source);
    const isGenuine = build(createHmac, (a: Buffer, b: Buffer) => a.equals(b));
    expect(isGenuine(headers, '{}', secret)).toBe(true);
    expect(isGenuine(headers, '{ }', secret)).toBe(false);
    expect(isGenuine({ ...headers, 'webhook-timestamp': '1' }, '{}', secret)).toBe(false);
  });
});
