import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput } from '../pipeline/domain/errors.ts';
import { buildConfig } from './config.ts';
import { readConnections } from './connections.ts';
import type { Env } from './env.ts';

const password = 'p4ssw0rd-canary';
const both: Env = {
  GUANLAN_KEYS: '/run/keys',
  GUANLAN_MONGODB_URI: `mongodb://guanlan:${password}@a.example:27017,b.example/office?replicaSet=rs0`,
  GUANLAN_REDIS_URL: `redis://:${password}@redis.example:6379/0`,
};

describe('which set-up', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'guanlan-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const setUpOf = (env: Env) => buildConfig(env, folder).setUp;
  const fileWith = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it('is embedded when no server is named, whatever other programs are told', () => {
    const others = { MONGODB_URI: 'mongodb://a', REDIS_URL: 'redis://b' };
    for (const env of [{}, { GUANLAN_MONGODB_URI: '', GUANLAN_REDIS_URL_FILE: '' }, others as Env]) {
      expect(setUpOf(env)).toBe('embedded');
      expect(readConnections(env)).toBeNull();
    }
  });

  it('is scaled when both are named, by value or by file', () => {
    const files: Env = {
      GUANLAN_KEYS: '/run/keys',
      GUANLAN_MONGODB_URI_FILE: fileWith('mongodb', `${both.GUANLAN_MONGODB_URI}\n`),
      GUANLAN_REDIS_URL_FILE: fileWith('redis', `${both.GUANLAN_REDIS_URL}\r\n`),
    };
    for (const env of [both, files]) {
      expect(setUpOf(env)).toBe('scaled');
      expect(readConnections(env)).toEqual({
        mongodbUri: both.GUANLAN_MONGODB_URI,
        redisUrl: both.GUANLAN_REDIS_URL,
        database: 'office',
      });
    }
  });

  it.each([
    ['mongodb://a', 'guanlan'],
    ['mongodb://a/', 'guanlan'],
    ['mongodb://a/?replicaSet=rs0', 'guanlan'],
    ['mongodb://a?replicaSet=rs0', 'guanlan'],
    ['mongodb+srv://u:p@a.example/school_2?w=majority', 'school_2'],
  ])('%s means the database %s', (uri, database) => {
    expect(readConnections({ ...both, GUANLAN_MONGODB_URI: uri })?.database).toBe(database);
  });

  it.each<[string, Env, string]>([
    [
      'only MongoDB',
      { GUANLAN_MONGODB_URI: both.GUANLAN_MONGODB_URI },
      'GUANLAN_REDIS_URL is missing: GUANLAN_MONGODB_URI is set',
    ],
    ['only Redis, by file', { GUANLAN_REDIS_URL_FILE: '/run/secrets/r' }, 'GUANLAN_MONGODB_URI is missing'],
    ['a value and a file', { ...both, GUANLAN_REDIS_URL_FILE: '/x' }, 'GUANLAN_REDIS_URL_FILE are both set'],
    [
      'a file that is not there',
      { GUANLAN_REDIS_URL: 'redis://a', GUANLAN_MONGODB_URI_FILE: '/nowhere/m' },
      'GUANLAN_MONGODB_URI_FILE cannot be read: ENOENT',
    ],
    [
      'another scheme',
      { ...both, GUANLAN_REDIS_URL: `http://:${password}@a` },
      'GUANLAN_REDIS_URL is not an address',
    ],
    [
      'an @ in a password',
      { ...both, GUANLAN_MONGODB_URI: `mongodb://u:${password}@x@a/office` },
      'the password in GUANLAN_MONGODB_URI has a character',
    ],
    [
      'a slash and a lone % in a password',
      { ...both, GUANLAN_REDIS_URL: `redis://:a/${password}%@a` },
      'the password in GUANLAN_REDIS_URL has a character',
    ],
    [
      'an empty file',
      { ...both, GUANLAN_REDIS_URL: '', GUANLAN_REDIS_URL_FILE: '/dev/null' },
      'the file that GUANLAN_REDIS_URL_FILE names holds no address',
    ],
    [
      'no database name',
      { ...both, GUANLAN_MONGODB_URI: `mongodb://u:${password}@a/b.c` },
      'GUANLAN_MONGODB_URI names a database that cannot be one',
    ],
  ])('refuses %s, and never shows the address', (_, env, message) => {
    let refusal: unknown;
    try {
      readConnections(env);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(InvalidInput);
    expect(String(refusal)).toContain(message);
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain(password);
  });

  it('asks for the keys that all processes of the scaled set-up share', () => {
    expect(() => buildConfig({ ...both, GUANLAN_KEYS: '' }, folder)).toThrow('GUANLAN_KEYS is missing');
  });

  it('keeps the addresses out of the configuration', () => {
    expect(JSON.stringify(buildConfig(both, folder))).not.toContain(password);
  });

  it('tells health nowhere unless a port is given', () => {
    expect(buildConfig({}, folder).ops).toBeNull();
    expect(buildConfig({ GUANLAN_OPS_PORT: '0' }, folder).ops).toEqual({ host: '127.0.0.1', port: 0 });
    expect(() => buildConfig({ GUANLAN_OPS_PORT: 'on' }, folder)).toThrow('GUANLAN_OPS_PORT');
  });
});
