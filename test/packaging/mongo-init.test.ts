import vm from 'node:vm';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readConnections } from '../../config/connections.ts';
import { read } from './compose-file.ts';

const script = read('config/deploy/mongo-init.js');
const password = (letter: string) => letter.repeat(64);
const secrets = {
  mongodb_uri: `mongodb://guanlan:${password('a')}@mongo:27017/guanlan?replicaSet=rs0\n`,
  mongo_backup: `uri: mongodb://backup:${password('b')}@mongo:27017/?authSource=admin&replicaSet=rs0\n`,
  mongo_root_password: `${password('c')}\n`,
};

const Command = z.record(z.string(), z.unknown());
type Command = z.infer<typeof Command>;

/**
 * What MongoDB's manual says of these commands, as far as the script asks: no server here has them (the compatible one
 * knows neither users nor roles). Throws like mongosh, with the server's codes.
 */
class Server {
  private isFounded = false;
  private isSignedIn = false;
  private polls = 0;
  readonly users = new Map<string, Command>();
  readonly roles = new Map<string, Command>();
  readonly log: string[] = [];

  private commandsLeft = Number.POSITIVE_INFINITY;

  /** @param commandsLeft after which the connection is cut off */
  connect(commandsLeft = Number.POSITIVE_INFINITY): this {
    this.commandsLeft = commandsLeft;
    this.isSignedIn = false;
    this.log.length = 0;
    return this;
  }

  database = (name: string) => ({
    getSiblingDB: this.database,
    auth: (user: string, pwd: string) => {
      if (this.users.get(`admin.${user}`)?.pwd !== pwd) fail(18);
      this.isSignedIn = true;
      return { ok: 1 };
    },
    runCommand: (command: Command) => {
      this.commandsLeft -= 1;
      if (this.commandsLeft < 0) throw new Error('cut off');
      const [verb = '', subject = ''] = Object.entries(command)[0] ?? [];
      if (verb !== 'hello') this.log.push(verb);
      return this.run(name, verb, `${name}.${String(subject)}`, command);
    },
  });

  private run(database: string, verb: string, id: string, command: Command): unknown {
    if (verb === 'hello') return { isWritablePrimary: this.isFounded && this.polls++ > 2 };
    const isOpen = this.isSignedIn || (this.users.size === 0 && database === 'admin');
    if (!isOpen || (!this.isSignedIn && !['replSetInitiate', 'createUser'].includes(verb))) fail(13);
    if (verb === 'replSetInitiate') {
      if (this.isFounded) fail(23);
      this.isFounded = true;
      return { ok: 1 };
    }
    if (!this.isFounded) fail(10107);
    return this.runOnPrimary(verb, id, command);
  }

  private runOnPrimary(verb: string, id: string, command: Command): unknown {
    const table = verb.includes('ser') ? this.users : this.roles;
    const exists = table.has(id);
    if (verb === 'usersInfo') return { users: exists ? [{}] : [] };
    if (verb === 'rolesInfo') return { roles: exists ? [{}] : [] };
    if (verb.startsWith('create') === exists) fail(verb.startsWith('create') ? 51003 : 11);
    table.set(id, command);
    return { ok: 1 };
  }
}

function fail(code: number): never {
  throw Object.assign(new Error(`code ${code}`), { code });
}

function run(server: Server, files: Record<string, string> = secrets): void {
  const readFileSync = (path: string) => {
    const text = files[path.replace('/run/secrets/', '')];
    if (text === undefined) throw new Error(`no secret ${path}`);
    return text;
  };
  vm.runInNewContext(script, {
    db: server.database('test'),
    require: () => ({ readFileSync }),
    sleep: () => undefined,
  });
}

describe('config/deploy/mongo-init.js', () => {
  it('makes of an empty server one with a replica set, root, and two users who may do what they must', () => {
    const server = new Server();
    run(server);
    expect(server.log.slice(0, 2)).toEqual(['replSetInitiate', 'createUser']);
    expect(server.users.get('admin.root')).toMatchObject({ pwd: password('c'), roles: ['root'] });
    expect(server.users.get('guanlan.guanlan')).toEqual({
      createUser: 'guanlan',
      pwd: password('a'),
      roles: [{ role: 'guanlanService', db: 'guanlan' }],
    });
    expect(server.users.get('admin.backup')).toMatchObject({
      pwd: password('b'),
      roles: [{ role: 'backup', db: 'admin' }],
    });
    expect(server.roles.get('guanlan.guanlanService')).toMatchObject({
      privileges: [{ resource: { db: 'guanlan', collection: '' }, actions: ['collMod'] }],
      roles: [{ role: 'readWrite', db: 'guanlan' }],
    });
    expect([server.users.size, server.roles.size]).toEqual([3, 1]);
  });

  it('changes nothing the second time, and takes over a new password', () => {
    const server = new Server();
    run(server);
    run(server.connect());
    expect(server.log.filter((verb) => verb.startsWith('create'))).toEqual([]);
    run(server.connect(), {
      ...secrets,
      mongodb_uri: secrets.mongodb_uri.replace(password('a'), password('d')),
    });
    expect(server.users.get('guanlan.guanlan')).toMatchObject({ pwd: password('d') });
  });

  it('goes on where it was cut off, wherever that was', () => {
    const whole = new Server();
    run(whole);
    for (let commands = 0; commands < whole.log.length + 4; commands += 1) {
      const server = new Server().connect(commands);
      expect(() => run(server), `${commands}`).toThrow('cut off');
      run(server.connect());
      expect([...server.users.keys()].sort()).toEqual([...whole.users.keys()].sort());
      expect([...server.roles.keys()]).toEqual([...whole.roles.keys()]);
    }
  });

  it('says what is wrong when root has another password, and changes nothing', () => {
    const server = new Server();
    run(server);
    const other = { ...secrets, mongo_root_password: password('x') };
    expect(() => run(server.connect(), other)).toThrow('root has another password than mongo_root_password');
    expect(server.users.get('admin.root')).toMatchObject({ pwd: password('c') });
  });

  it.each([
    ['guan-lan_2?replicaSet=rs0', 'guan-lan_2', 'guan-lan_2'],
    ['guan-lan?authSource=admin', 'guan-lan', 'admin'],
    ['?replicaSet=rs0', 'guanlan', 'admin'],
    ['', 'guanlan', 'admin'],
  ])('makes the user for the database that the program takes of …/%s', (rest, database, home) => {
    const server = new Server();
    const uri = `mongodb://guanlan:${password('a')}@mongo:27017/${rest}`;
    run(server, { ...secrets, mongodb_uri: `${uri}\n` });
    expect(readConnections({ GUANLAN_MONGODB_URI: uri, GUANLAN_REDIS_URL: 'redis://redis' })).toMatchObject({
      database,
    });
    expect(server.users.get(`${home}.guanlan`)).toMatchObject({
      roles: [{ role: 'guanlanService', db: database }],
    });
    expect(server.roles.has(`${database}.guanlanService`)).toBe(true);
  });

  it('refuses a database that the program refuses', () => {
    const uri = `mongodb://guanlan:${password('a')}@mongo:27017/guan.lan`;
    expect(() => readConnections({ GUANLAN_MONGODB_URI: uri, GUANLAN_REDIS_URL: 'redis://redis' })).toThrow(
      'cannot be one',
    );
    expect(() => run(new Server(), { ...secrets, mongodb_uri: uri })).toThrow('cannot be one');
  });

  it('refuses addresses without a proper password, without repeating them', () => {
    const short = { ...secrets, mongodb_uri: 'mongodb://guanlan:hunter2@mongo:27017/guanlan' };
    expect(() => run(new Server(), short)).toThrow(/^mongodb_uri must hold (?!.*hunter2)/);
  });

  it('returns nothing right out of a try: mongosh, which awaits by itself, would not catch its failure', () => {
    for (const [, block = ''] of script.matchAll(/\btry \{([\s\S]*?)\} catch/g))
      expect(block.replace(/\/\/.*/g, '')).not.toMatch(/return [\w.]+\(/);
    expect(script).toMatch(/\btry \{/);
  });
});
