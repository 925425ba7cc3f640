import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

export const root = join(import.meta.dirname, '..', '..');
export const read = (name: string) => readFileSync(join(root, name), 'utf8');

const Service = z.object({
  image: z.string(),
  build: z.object({ context: z.literal('.'), target: z.string() }).optional(),
  profiles: z.tuple([z.enum(['embedded', 'scaled', 'backup'])]),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  tmpfs: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  networks: z.array(z.string()).default([]),
  network_mode: z.string().optional(),
  user: z.string().optional(),
  container_name: z.string().optional(),
  command: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  restart: z.string().optional(),
  stop_grace_period: z.string().optional(),
  init: z.boolean(),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  pids_limit: z.number(),
  mem_limit: z.string(),
  logging: z.object({ options: z.record(z.string(), z.string()) }),
});
export type Service = z.infer<typeof Service>;

const Compose = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).loose()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

export const compose = Compose.parse(parse(read('docker-compose.yml'), { merge: true }));

/** @throws when the compose file has no service of this name */
export function getService(name: string): Service {
  const service = compose.services[name];
  if (service === undefined) throw new Error(`docker-compose.yml has no service named ${name}`);
  return service;
}

export const servicesOf = (profile: Service['profiles'][0]) =>
  Object.entries(compose.services).filter(([, service]) => service.profiles[0] === profile);

/** The variables that the program reads. */
export const knownVariables = [...read('config/env.ts').matchAll(/^\s+(GUANLAN_\w+)\?:/gm)].map(
  (match) => match[1] ?? '',
);

export const manifest = z
  .object({ version: z.string(), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));
