import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DCLinter } from 'dclint';
import { describe, expect, it } from 'vitest';
import { compose, getService, knownVariables, manifest, read, root, servicesOf } from './compose-file.ts';
import { parseDockerfile, portOf } from './packing-list.ts';

const [, run] = parseDockerfile(read('Dockerfile'));
if (run === undefined) throw new Error('the Dockerfile has no second stage');

const disabledRules = {
  'no-build-and-image': 'api and worker are one image, which must have a name for that',
  'no-duplicate-exported-ports': 'guanlan and api stand in profiles of which one is started',
  'require-project-name-field':
    'volumes of services that run carry the name of their folder: a new one loses them',
  'services-alphabetical-order': 'the set-ups stand one after the other',
  'top-level-properties-order': 'what an anchor names stands before what uses it',
} as const;

const services = Object.entries(compose.services);
const ours = ['api', 'worker', 'crawler'].map((name) => ({ name, service: getService(name) }));
const embedded = getService('guanlan');
const mountOf = (volumes: string[], target: string) =>
  volumes.find((volume) => volume.split(':')[1] === target)?.split(':')[0];

describe('docker-compose.yml', () => {
  it('keeps the schema and the rules of a linter', () => {
    const rules = Object.fromEntries(Object.keys(disabledRules).map((name) => [name, 0 as const]));
    const linter = new DCLinter({ rules, quiet: false, debug: false, exclude: [] });
    const [result, ...others] = linter.lintFiles([join(root, 'docker-compose.yml')], false);
    expect(others).toEqual([]);
    expect(result?.messages).toEqual([]);
  });

  it('starts one set-up at a time, and neither without being told', () => {
    expect(servicesOf('embedded').map(([name]) => name)).toEqual(['guanlan']);
    expect(servicesOf('scaled').map(([name]) => name)).toEqual([
      ...['api', 'worker', 'crawler'],
      ...['mongo', 'mongo-init', 'redis'],
    ]);
    expect(servicesOf('backup').map(([name]) => name)).toEqual(['backup']);
  });

  it('declares every volume, network and secret that it uses, and uses all of them', () => {
    const volumes = services.flatMap(([, { volumes }]) => volumes.map((one) => one.split(':')[0] ?? ''));
    const named = volumes.filter((one) => !one.startsWith('.'));
    expect([...new Set(named)].sort()).toEqual(Object.keys(compose.volumes).sort());
    for (const folder of volumes.filter((one) => one.startsWith('.')))
      expect(existsSync(join(root, folder)), folder).toBe(true);
    const networks = services.flatMap(([, { networks }]) => networks);
    expect([...new Set(networks)].sort()).toEqual(Object.keys(compose.networks).sort());
    const secrets = services.flatMap(([, { secrets }]) => secrets);
    expect([...new Set(secrets)].sort()).toEqual(Object.keys(compose.secrets).sort());
  });

  it('reads secrets from files of their names, and holds none', () => {
    for (const [name, { file }] of Object.entries(compose.secrets)) expect(file).toBe(`./secrets/${name}`);
    for (const [name, { environment, command, secrets }] of services) {
      const values = [...Object.values(environment).map(String), ...command];
      expect(values.join(' '), name).not.toMatch(/:\/\/[^/\s]*@|password/i);
      for (const [, path = ''] of values.join(' ').matchAll(/\/run\/secrets\/(\w+)/g))
        expect(secrets, `${name}: ${path}`).toContain(path);
      for (const variable of Object.keys(environment).filter((one) => /URI|URL/.test(one)))
        expect(variable).toMatch(/_FILE$|^GUANLAN_PUBLIC_URL$/);
    }
    expect(read('.gitignore').split('\n')).toContain('/secrets/');
  });

  it('hardens every container, and bounds its memory, processes and log', () => {
    for (const [name, service] of services) {
      expect(service, name).toMatchObject({
        init: true,
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
      expect(service.mem_limit, name).toMatch(/^\d+m$/);
      expect(Object.keys(service.logging.options)).toEqual(['max-size', 'max-file']);
      expect(service.tmpfs, name).toContain('/tmp');
      expect(service.container_name, name).toBeUndefined();
      if (service.build === undefined) expect(service.user, name).toBe('999:999');
    }
  });

  it('pins versions, and carries that of the program', () => {
    for (const [name, { image, build }] of services) {
      if (build === undefined) expect(image, name).toMatch(/^(mongo|redis):\d+\.\d+\.\d+-\w+$/);
      else
        expect(image, name).toBe(
          `guanlan${build.target === 'crawler' ? '-crawler' : ''}:${manifest.version}`,
        );
    }
  });

  it('waits for health, has a check for every lasting service, and names services that exist', () => {
    for (const [name, service] of services) {
      const lasting = service.restart === 'unless-stopped';
      expect(service.healthcheck !== undefined, name).toBe(lasting);
      if (lasting) expect(service.stop_grace_period, name).toMatch(/^\d+s$/);
      for (const needed of Object.keys(service.depends_on)) {
        expect(getService(needed).profiles).toEqual(service.profiles);
        const { condition } = service.depends_on[needed] ?? {};
        if (condition === 'service_healthy') expect(getService(needed).healthcheck).toBeDefined();
      }
    }
    // mongosh gives up at once when nobody listens yet.
    expect(getService('mongo-init').depends_on).toEqual({ mongo: { condition: 'service_healthy' } });
    for (const { service } of ours) {
      expect(service.depends_on).toEqual({
        mongo: { condition: 'service_healthy' },
        'mongo-init': { condition: 'service_completed_successfully' },
        redis: { condition: 'service_healthy' },
      });
    }
  });

  it('lets the databases reach nobody, and the crawler alone the internet', () => {
    const closed = Object.entries(compose.networks).flatMap(([name, network]) =>
      network.internal === true ? [name] : [],
    );
    expect(closed).toEqual(['databases', 'ops']);
    for (const name of ['mongo', 'redis', 'backup']) expect(getService(name).networks).toEqual(['databases']);
    expect(getService('mongo-init').network_mode).toBe('service:mongo');
    const withAWayOut = services.filter(([, { networks }]) => networks.includes('outside'));
    expect(withAWayOut.map(([name]) => name)).toEqual(['crawler']);
    expect(compose.networks.front).toMatchObject({
      driver_opts: { 'com.docker.network.bridge.enable_ip_masquerade': 'false' },
    });
  });

  it('names only settings that the program reads', () => {
    expect(knownVariables.length).toBeGreaterThan(5);
    const named = services.flatMap(([, { environment }]) => Object.keys(environment));
    for (const name of named.filter((one) => one !== 'HOME')) expect(knownVariables).toContain(name);
  });

  it('hands the proxy of the host to whoever fetches, and to nobody else', () => {
    const told = services.filter(([, { environment }]) => 'GUANLAN_PROXY' in environment);
    expect(told.map(([name]) => name)).toEqual(['guanlan', 'crawler']);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of the compose file
    for (const [, { environment }] of told) expect(environment.GUANLAN_PROXY).toBe('${GUANLAN_PROXY:-}');
  });

  it('leaves room for the process that reads files, where pages are fetched', () => {
    for (const name of ['guanlan', 'crawler'])
      expect(Number.parseInt(getService(name).mem_limit, 10), name).toBeGreaterThanOrEqual(2048);
  });

  it('runs commands of the program', () => {
    const asked = ours.map(({ service }) => service.command);
    expect(asked).toEqual([['api'], ['worker'], ['crawl']]);
    const arguments_ = ['--import', 'tsx', join(root, 'bin', 'main.ts'), '--help'];
    const help = execFileSync(process.execPath, arguments_, { cwd: root, encoding: 'utf8' });
    for (const [command] of asked) expect(help).toMatch(new RegExp(`^ +${command}\\b`, 'm'));
  }, 30_000);

  it('publishes the port that the program listens on, on this machine only', () => {
    for (const [name, { ports }] of services)
      expect(ports.length, name).toBe(['guanlan', 'api'].includes(name) ? 1 : 0);
    for (const { ports, environment } of [embedded, getService('api')]) {
      const inside = Number(environment.GUANLAN_PORT);
      expect(ports.map(portOf)).toEqual([{ address: '127.0.0.1', outside: 3000, inside }]);
      expect(Number(run.env.GUANLAN_PORT)).toBe(inside);
      expect(Number(run.last('EXPOSE'))).toBe(inside);
      expect(environment.GUANLAN_HOST).toBe('0.0.0.0');
    }
  });
});

describe('the embedded service', () => {
  it('keeps data and keys in volumes of their own', () => {
    const data = mountOf(embedded.volumes, String(embedded.environment.GUANLAN_DATA));
    const keys = mountOf(embedded.volumes, String(embedded.environment.GUANLAN_KEYS));
    expect([data, keys]).toEqual(['guanlan-data', 'guanlan-keys']);
    expect(mountOf(embedded.volumes, String(embedded.environment.GUANLAN_CONFIG))).toBe('./config');
    expect(run.last('VOLUME')).toBe('["/data", "/keys"]');
  });

  it('is asked for its health where it listens, and knows no servers', () => {
    expect(embedded.healthcheck?.test.join(' ')).toContain(
      `127.0.0.1:${embedded.environment.GUANLAN_PORT}/healthz`,
    );
    expect(Object.keys(embedded.environment).join(' ')).not.toMatch(/MONGODB|REDIS/);
  });
});

describe.each(ours)('$name', ({ service }) => {
  it('keeps its keys apart from the databases, and nothing else', () => {
    expect(mountOf(service.volumes, String(service.environment.GUANLAN_KEYS))).toBe('guanlan-scaled-keys');
    expect(mountOf(service.volumes, String(service.environment.GUANLAN_CONFIG))).toBe('./config');
    expect(service.volumes).toHaveLength(2);
    expect(service.tmpfs).toContain(run.env.GUANLAN_DATA);
  });

  it('is asked for its readiness on the port for that', () => {
    expect(service.environment.GUANLAN_OPS_HOST).toBe('0.0.0.0');
    expect(service.healthcheck?.test.join(' ')).toContain(
      `127.0.0.1:${service.environment.GUANLAN_OPS_PORT}/readyz`,
    );
    expect(service.networks).toContain('ops');
  });
});
