import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { Category, ServiceKind, ServiceTopic } from '../../pipeline/domain/category.ts';
import { Channel, Governance, SiteChannel, Unit } from '../../pipeline/domain/channel.ts';
import { Role } from '../../pipeline/domain/role.ts';
import { LexiconRule } from '../../pipeline/domain/rule.ts';
import { listTracked } from './packing-list.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const readmes = ['README.md', 'README.zh-CN.md'];
const pages = [
  ...readmes,
  ...['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const tracked = listTracked(root);
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\``, 'gm'))].map(
    (match) => match[1] ?? '',
  );

const Example = z.union([
  z.strictObject({ channels: z.array(Channel).min(1) }),
  z.strictObject({ units: z.array(Unit).min(1) }),
  z.strictObject({ rules: z.array(LexiconRule).min(1) }),
  Governance,
]);

describe('the configuration page', () => {
  const page = read('docs/configuration.md');
  const channels = Channel.options.map((one) => [`a ${one.shape.kind.value} channel`, one] as const);
  const fields: Record<string, z.ZodObject> = {
    ...Object.fromEntries(channels),
    ...{ Unit, Governance, LexiconRule },
  };

  it.each(Object.entries(fields))('names every field of %s', (_, schema) => {
    for (const name of Object.keys(schema.shape)) expect(page).toContain(`\`${name}\``);
  });

  it('names every selector', () => {
    const selectors = Object.keys(SiteChannel.shape.selectors.unwrap().shape);
    expect(selectors.length).toBeGreaterThan(4);
    for (const name of selectors) expect(page).toContain(`\`selectors.${name}\``);
  });

  it('lists the categories, kinds and topics as they are', () => {
    for (const list of [Category, ServiceKind, ServiceTopic])
      expect(page).toContain(`\`${list.options.join(' ')}\``);
  });

  it('shows defaults as they are', () => {
    const site = {
      id: 'a',
      kind: 'site',
      name: 'a',
      unit: 'a',
      startUrls: ['http://a.cn/'],
      allow: [{ host: 'a.cn' }],
    };
    const { state, maxListPages, everyMinutes, requestsPerMinute, privateAddress } = SiteChannel.parse(site);
    for (const [name, value] of Object.entries({ maxListPages, everyMinutes, requestsPerMinute })) {
      expect(page).toMatch(new RegExp(`\\| \`${name}\` +\\| [^|]+ \\| ${value} +\\|`));
    }
    expect(page).toMatch(new RegExp(`\\| \`state\` +\\| [^|]+ \\| \`${state}\` +\\| 未接入`));
    expect(page).toMatch(new RegExp(`\\| \`privateAddress\` +\\| [^|]+ \\| \`${privateAddress}\` +\\|`));
  });
});

describe.each([...readmes, 'docs/configuration.md'])('%s', (name) => {
  it('has examples that the program takes', () => {
    const examples = blocks(read(name), 'yaml');
    expect(examples).not.toEqual([]);
    for (const example of examples)
      expect(() => Example.parse(parse(example, { schema: 'core' }))).not.toThrow();
  });
});

describe.each(readmes)('%s', (name) => {
  const page = read(name);

  it('lists the environment as the program reads it', () => {
    const known = [...read('config/env.ts').matchAll(/^\s+(GUANLAN_\w+)\?:/gm)].map((match) => match[1]);
    const listed = [...page.matchAll(/^\| `(GUANLAN_\w+)` +\|/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual(known.sort());
  });

  it('lists the commands that exist', () => {
    const known = [...read('bin/main.ts').matchAll(/^\s+name: '([\w-]+)',$/gm)].map((match) => match[1]);
    const listed = [...page.matchAll(/^\| `guanlan ([\w-]+)/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual(known.sort());
    const asked = [...page.matchAll(/(?<!exec )guanlan ([a-z][\w-]+)/g)].map((match) => match[1]);
    for (const command of asked) expect(known).toContain(command);
  });

  it('asks npm for scripts that exist, and for roles that exist', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    for (const [, script = ''] of page.matchAll(/npm run ([\w:]+)/g))
      expect(Object.keys(scripts)).toContain(script);
    for (const [, role] of page.matchAll(/--roles (\S+)/g)) expect(Role.options).toContain(role);
  });
});

describe.each(pages)('%s', (name) => {
  const page = read(name);

  it('links to what is there', () => {
    const targets = [...page.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    for (const target of targets.filter((one) => !/^(https?:|#)/.test(one))) {
      expect(existsSync(join(root, dirname(name), target.replace(/#.*$/, ''))), target).toBe(true);
    }
  });

  it('names files that are there', () => {
    for (const [, path = ''] of page.matchAll(/`([\w./-]+\.(?:ts|cjs|js))`/g)) {
      const found = tracked.some((one) => one === path || one.endsWith(`/${path}`));
      expect(found, path).toBe(true);
    }
  });

  it('holds no path of one machine', () => {
    expect(page).not.toMatch(/\/(work|home|root|tmp)\//);
  });
});
