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
  GUANLAN_MONGODB_URI?: string | undefined;
  GUANLAN_MONGODB_URI_FILE?: string | undefined;
  GUANLAN_REDIS_URL?: string | undefined;
  GUANLAN_REDIS_URL_FILE?: string | undefined;
  GUANLAN_PROXY?: string | undefined;
  GUANLAN_PROXY_FILE?: string | undefined;
  GUANLAN_CHROMIUM?: string | undefined;
  GUANLAN_CHROMIUM_SANDBOX?: string | undefined;
  /** The system's own: where a browser may lie. */
  PATH?: string | undefined;
  GUANLAN_JUDGE_THREADS?: string | undefined;
  GUANLAN_PICTURE_TEXT?: string | undefined;
  GUANLAN_CHART_FONT?: string | undefined;
  GUANLAN_OPS_HOST?: string | undefined;
  GUANLAN_OPS_PORT?: string | undefined;
  GUANLAN_PASSWORD_SIGN_IN?: string | undefined;
  GUANLAN_SECOND_FACTOR_ROLES?: string | undefined;
  GUANLAN_SECOND_FACTOR_GRACE_DAYS?: string | undefined;
  GUANLAN_SECOND_FACTOR_DOORS?: string | undefined;
  GUANLAN_SUBJECT_CASE?: string | undefined;
  GUANLAN_SIGN_IN_PROXY?: string | undefined;
  GUANLAN_CAS_URL?: string | undefined;
  GUANLAN_CAS_PROTOCOL?: string | undefined;
  GUANLAN_CAS_ATTRIBUTE?: string | undefined;
  GUANLAN_CAS_LABEL?: string | undefined;
  GUANLAN_OIDC_ISSUER?: string | undefined;
  GUANLAN_OIDC_CLIENT_ID?: string | undefined;
  GUANLAN_OIDC_CLIENT_SECRET?: string | undefined;
  GUANLAN_OIDC_CLIENT_SECRET_FILE?: string | undefined;
  GUANLAN_OIDC_CLAIM?: string | undefined;
  GUANLAN_OIDC_HOSTS?: string | undefined;
  GUANLAN_OIDC_LABEL?: string | undefined;
  GUANLAN_WECOM_CORP_ID?: string | undefined;
  GUANLAN_WECOM_AGENT_ID?: string | undefined;
  GUANLAN_WECOM_SECRET?: string | undefined;
  GUANLAN_WECOM_SECRET_FILE?: string | undefined;
}

export function readEnv(): Env {
  return process.env;
}
