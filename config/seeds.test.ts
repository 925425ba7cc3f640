import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSeeds } from './seeds.ts';

const own = import.meta.dirname;
const units = 'units:\n  - { id: publicity, name: 宣传部 }\n';
const channel = (more = '') => `channels:
  - id: main
    kind: site
    name: 官网
    unit: publicity
    startUrls: [https://www.canglan.example/index.htm]
    allow:
      - host: www.canglan.example
${more}`;

describe('seeds', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-seeds-'));
    writeFileSync(join(folder, 'units.yaml'), units);
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const read = () => readSeeds(folder, own);

  it('reads the seeds that come with the program', () => {
    const seeds = readSeeds(own, own);
    expect(seeds.channels.body.map((each) => each.state)).toEqual(['not-connected', 'not-connected']);
    expect(seeds.rules.body.length).toBeGreaterThan(10);
  });

  it('takes the lexicons of the program where a deployment has none', () => {
    write('channels.yaml', channel());
    expect(read().rules.body).toEqual(readSeeds(own, own).rules.body);
    expect(read().channels.body[0]).toMatchObject({ maxListPages: 50, privateAddress: false });
  });

  it.each([
    [
      'an unknown field',
      channel('    maxPages: 3\n'),
      'channels.yaml:9: channels.0.maxPages: Unrecognized key',
    ],
    [
      'a misspelt field',
      channel().replace('allow:', 'alow:'),
      'channels.yaml:7: channels.0.alow: Unrecognized key',
    ],
    [
      'an id in capitals',
      channel().replace('id: main', 'id: Main'),
      'only lower-case letters, digits and hyphens',
    ],
    [
      'a host with a protocol',
      channel().replace('host: www', 'host: http://www'),
      'only host and port, in lower case',
    ],
    [
      'the port of http',
      channel().replace('host: www.canglan.example', 'host: www.canglan.example:443'),
      'leave out :80 and :443',
    ],
    [
      'a password in an address',
      channel().replace('https://www', 'https://me:pw@www'),
      'no name and password in an address',
    ],
    [
      'a path without a slash',
      channel().replace('.example\n', '.example\n        paths: [news]\n'),
      'a path begins with /',
    ],
    ['no start at all', channel().replace(/startUrls: .*/, 'startUrls: []'), '(at least 1 of them)'],
    [
      'one address for a list',
      channel().replace(/startUrls: .*/, 'startUrls: https://www.canglan.example/'),
      '(a list: in [ ], or on lines',
    ],
    [
      'a word for yes',
      channel('    privateAddress: yes\n'),
      'channels.yaml:9: channels.0.privateAddress: Invalid input: expected boolean, received string (true or false)',
    ],
    ['an alias that leads nowhere', 'channels: [*nobody]', 'channels.yaml:1: YAML: Unresolved alias'],
    ['a wrong state', channel('    state: on\n'), 'channels.yaml:9: channels.0.state: Invalid option'],
    [
      'a personal source',
      channel().replace('kind: site', 'kind: person'),
      'channels.yaml:3: channels.0.kind:',
    ],
    [
      'a bad address',
      channel().replace('https://', 'ftp://'),
      'channels.yaml:6: channels.0.startUrls.0: Invalid URL',
    ],
    [
      'a start outside',
      channel().replace('host: www', 'host: news'),
      'lies outside what the channel allows (add its host',
    ],
    [
      'an unknown unit',
      channel().replace('unit: publicity', 'unit: canteen'),
      'channels.yaml:5: channels.0.unit: there is no unit',
    ],
    [
      'a missing field',
      channel().replace('    name: 官网\n', ''),
      'channels.yaml:2: channels.0.name: Invalid input',
    ],
    [
      'a repeated id',
      `${channel()}${channel().replace('channels:\n', '')}`,
      'channels.yaml:9: channels.1.id: the id "main" is used twice',
    ],
    ['broken YAML', 'channels:\n  - id: main\n   kind: [', 'channels.yaml:3: YAML:'],
    ['an empty file', '', 'channels.yaml:1: channels:'],
  ])('refuses %s with file, line, field and hint', (_name, text, message) => {
    write('channels.yaml', text);
    expect(read).toThrow(message);
  });

  it('refuses a day that does not exist', () => {
    write('channels.yaml', channel());
    expect(read).not.toThrow();
    writeFileSync(
      join(folder, 'governance.yaml'),
      'school: 沧澜师范学院\nimpactAssessment: { signedOn: 2026-13-01 }\n',
    );
    expect(read).toThrow('governance.yaml:2: impactAssessment.signedOn: Invalid ISO date');
  });

  it('refuses a rule with a purpose outside the closed list, and names the list', () => {
    write('channels.yaml', channel());
    mkdirSync(join(folder, 'lexicons'));
    const rule =
      'rules:\n  - id: opinion.one\n    version: 1\n    state: live\n    target: { category: dissent }\n';
    write('lexicons/opinion.yaml', rule);
    expect(read).toThrow(/lexicons\/opinion\.yaml:5: rules\.0\.target: .*one of self-harm, violence/);
  });

  it('refuses a file that is not UTF-8, and names the line', () => {
    writeFileSync(join(folder, 'channels.yaml'), Buffer.from(channel().replace('官网', 'X'), 'latin1'));
    expect(read).not.toThrow();
    const gbk = Buffer.concat([Buffer.from('# ok\n# '), Buffer.from([0xb9, 0xd9, 0xcd, 0xf8])]);
    writeFileSync(join(folder, 'channels.yaml'), gbk);
    expect(read).toThrow('channels.yaml:2: file: is not UTF-8 (save the file as UTF-8)');
  });

  it('refuses a topic that no service has', () => {
    write('channels.yaml', channel());
    write('units.yaml', 'units:\n  - { id: publicity, name: 宣传部, topics: [food] }\n');
    expect(read).toThrow(/units\.yaml:2: units\.0\.topics\.0: .*one of: canteen, dormitory/);
  });

  it.each([
    [
      'chains.yaml',
      'chains:\n  - id: usual\n    name: 一般\n    mode: merged\n    units: [nowhere]\n    steps:\n      - { step: first, role: unit-reviewer }\n      - { step: second, role: unit-head }\n      - { step: final, role: director }\n',
      'chains.yaml:5: chains.0.units.0: units.yaml has no "nowhere"',
    ],
    [
      'chains.yaml',
      'chains:\n  - id: usual\n    name: 一般\n    mode: merged\n    steps: [{ step: first, role: editor }]\n',
      'chains.yaml:5: chains.0.steps.0.role',
    ],
    [
      'roster.yaml',
      'roster:\n  - { duty: safety, days: { on: date, date: 2026-02-30 }, from: "08:00", to: "18:00", person: jia }\n',
      'roster.yaml:2: roster.0.days.date',
    ],
    [
      'calendar.yaml',
      'daysOff: [{ name: 校庆, from: 2026-10-12, to: 2026-10-01 }]\n',
      'calendar.yaml:1: daysOff.0.to',
    ],
    [
      'authority.yaml',
      'persons:\n  - { name: 某甲, posts: [{ title: 校长, from: 2026-03-01, until: 2026-02-01 }] }\n',
      'authority.yaml:2: persons.0.posts.0.until',
    ],
    [
      'authority.yaml',
      'phrases:\n  - { id: motto, right: 明德求是, wrong: [求是], source: 章程 }\n',
      'authority.yaml:2: phrases.0.wrong.0',
    ],
  ])('refuses a wrong %s and names the line', (name, text, message) => {
    write('channels.yaml', channel());
    write(name, text);
    expect(read).toThrow(message);
  });

  it('says which file is missing', () => {
    expect(read).toThrow('channels.yaml:1: file: cannot be read');
  });
});
