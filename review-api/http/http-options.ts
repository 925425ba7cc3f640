export interface HttpOptions {
  /** Every request reaches us through TLS: secure cookie, HSTS. */
  behindTls: boolean;
  /** Proxies in front whose X-Forwarded-For is believed; 0 for none. */
  trustedProxyHops: number;
  /** As browsers see us, where a proxy changes the Host header; else null. */
  publicOrigin: string | null;
  /** The path below which browsers find us, `/guanlan`; empty for the whole host. */
  basePath: string;
  /** The built dashboards, or null to serve the API alone. */
  webFolder: string | null;
}
