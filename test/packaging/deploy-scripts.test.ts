import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConnections } from '../../config/connections.ts';
import { compose, getService, read, root } from './compose-file.ts';
import { makeSecrets } from './make-secrets.ts';

const deploy = join(root, 'config', 'deploy');
const folder = mkdtempSync(join(tmpdir(), 'guanlan-deploy-'));
const secrets = join(folder, 'secrets');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => void makeSecrets(folder), 30_000);

describe('config/deploy', () => {
  it.each(readdirSync(deploy).filter((name) => name.endsWith('.sh')))('%s is a script of sh', (name) => {
    execFileSync('sh', ['-n', join(deploy, name)]);
    expect(read(`config/deploy/${name}`)).toMatch(/^#!\/bin\/sh\n[\s\S]*\nset -eu\n/);
  });

  it('holds what the containers are told to run, and nothing else', () => {
    const named = ['mongo', 'mongo-init', 'redis'].flatMap((name) =>
      getService(name).command.filter((word) => word.startsWith('/etc/guanlan/')),
    );
    const conf = /redis\.conf/.exec(read('config/deploy/start-redis.sh'))?.[0];
    expect([...named.map((path) => path.replace('/etc/guanlan/', '')), conf].sort()).toEqual(
      readdirSync(deploy).sort(),
    );
  });
});

describe('the secrets, made as docs/operations.md says', () => {
  it('are those that the compose file names, in a closed folder, each to be read by its container', () => {
    expect(readdirSync(secrets).sort()).toEqual(Object.keys(compose.secrets).sort());
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(secrets)) expect(statSync(join(secrets, name)).mode & 0o777).toBe(0o444);
  });

  it('are addresses that the program takes', () => {
    const at = (name: string) => join(secrets, name);
    const files = { GUANLAN_MONGODB_URI_FILE: at('mongodb_uri'), GUANLAN_REDIS_URL_FILE: at('redis_url') };
    expect(readConnections(files)).toMatchObject({ database: 'guanlan' });
  });

  it('have passwords of their own, and a key file as mongod wants it', () => {
    const found = readdirSync(secrets).flatMap((name) =>
      [...readFileSync(join(secrets, name), 'utf8').matchAll(/[0-9a-f]{64}/g)].map(String),
    );
    expect(new Set(found).size).toBe(4);
    expect(readFileSync(join(secrets, 'mongo_keyfile'), 'utf8').trim()).toMatch(/^[A-Za-z0-9+/=\n]{6,1024}$/);
  });
});

describe('start-mongo.sh', () => {
  it('gives mongod a key file that nobody else may read, also at the second start', () => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'mongod'), '#!/bin/sh\necho "$@"\n');
    chmodSync(join(bin, 'mongod'), 0o755);
    const env = { PATH: `${bin}:${process.env.PATH}`, TMPDIR: folder };
    const start = () =>
      execFileSync('sh', [join(deploy, 'start-mongo.sh'), secrets, '--quiet'], { env, encoding: 'utf8' });
    start();
    const keyfile = join(folder, 'mongo-keyfile');
    expect(start()).toBe(
      `--replSet rs0 --keyFile ${keyfile} --bind_ip_all --setParameter transactionLifetimeLimitSeconds=30 --quiet\n`,
    );
    expect(statSync(keyfile).mode & 0o777).toBe(0o400);
    expect(readFileSync(keyfile)).toEqual(readFileSync(join(secrets, 'mongo_keyfile')));
  });
});
