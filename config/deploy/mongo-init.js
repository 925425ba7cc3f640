/* global db, sleep -- run by mongosh on mongod's own 127.0.0.1 */

// Makes what the scaled set-up needs of a MongoDB: the replica set, root, the program's own user, the user for backups.
// Safe to run at every start and after it was cut off anywhere; changed passwords in the secrets take effect with it.

const { readFileSync } = require('node:fs');

const secret = (name) => readFileSync(`/run/secrets/${name}`, 'utf8').trim();

/** Who signs in with this address, to which database, and which one knows them. The rule of the program: guanlan unless told. */
function parseUri(name, text) {
  const [, user, password, path, options = ''] =
    /mongodb:\/\/(\w+):(\w{32,})@[^/\s]+\/([^?\s]*)(\S*)/.exec(text) ?? [];
  if (user === undefined)
    throw new Error(
      `${name} must hold mongodb://USER:PASSWORD@mongo:27017/…, the password 32 or more letters and digits`,
    );
  if (!/^[\w-]{0,63}$/.test(path))
    throw new Error(`${name} names a database that cannot be one: letters, digits, _ and -, 63 at most`);
  const home = /[?&]authSource=([\w-]+)/.exec(options)?.[1] ?? (path || 'admin');
  return { user, password, database: path || 'guanlan', home };
}

const app = parseUri('mongodb_uri', secret('mongodb_uri'));
const backup = parseUri('mongo_backup', secret('mongo_backup'));
const rootPassword = secret('mongo_root_password');
const admin = db.getSiblingDB('admin');

const codes = { alreadyInitialized: 23, unauthorized: 13, authenticationFailed: 18 };

/** Runs a command; null when it fails with one of these codes. */
function attempt(run, ...allowed) {
  try {
    // In a variable first: mongosh waits for what is assigned, and a bare return of `run()` would leave the try at once.
    const reply = run();
    return reply;
  } catch (error) {
    if (allowed.includes(error.code)) return null;
    throw error;
  }
}

const signIn = () => attempt(() => admin.auth('root', rootPassword), codes.authenticationFailed) !== null;

function waitForPrimary() {
  for (let tries = 0; tries < 120; tries += 1) {
    if (admin.runCommand({ hello: 1 }).isWritablePrimary) return;
    sleep(500);
  }
  throw new Error('no primary after a minute; see the log of mongo');
}

// A server without users lets its neighbour found the set and make the first user, and nothing else.
const known = signIn();
attempt(
  () => admin.runCommand({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: 'mongo:27017' }] } }),
  codes.alreadyInitialized,
  codes.unauthorized,
);
waitForPrimary();
if (!known) {
  attempt(
    () => admin.runCommand({ createUser: 'root', pwd: rootPassword, roles: ['root'] }),
    codes.unauthorized,
  );
  if (!signIn())
    throw new Error('root has another password than mongo_root_password: put the saved secret back');
}

function ensureRole(database, role, body) {
  const exists = database.runCommand({ rolesInfo: role }).roles.length > 0;
  database.runCommand({ [exists ? 'updateRole' : 'createRole']: role, ...body });
}

function ensureUser(database, { user, password }, roles) {
  const exists = database.runCommand({ usersInfo: user }).users.length > 0;
  database.runCommand({ [exists ? 'updateUser' : 'createUser']: user, pwd: password, roles });
}

const own = db.getSiblingDB(app.database);
// readWrite lacks collMod alone, with which a new version changes the validators.
ensureRole(own, 'guanlanService', {
  privileges: [{ resource: { db: app.database, collection: '' }, actions: ['collMod'] }],
  roles: [{ role: 'readWrite', db: app.database }],
});
ensureUser(db.getSiblingDB(app.home), app, [{ role: 'guanlanService', db: app.database }]);
ensureUser(admin, backup, [{ role: 'backup', db: 'admin' }]);
