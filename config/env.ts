/**
 * The only reader of the environment. Names are what operators see; values stay strings here and are parsed in
 * config.ts.
 */
export interface Env {
  GUANLAN_DATA?: string | undefined;
  GUANLAN_CONFIG?: string | undefined;
  GUANLAN_KEYS?: string | undefined;
  GUANLAN_HOST?: string | undefined;
  GUANLAN_PORT?: string | undefined;
  GUANLAN_PUBLIC_URL?: string | undefined;
  GUANLAN_LOG_LEVEL?: string | undefined;
}

export function readEnv(): Env {
  return process.env;
}
