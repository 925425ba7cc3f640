/** What the crawler must know of this source before it asks for anything. */
export const siteSource = {
  kind: 'site',
  /** Pages are public: no credential, one allow-list of hosts and paths. */
  needs: { credential: false, allowList: true, browser: false },
  cadence: { everyMinutes: 60 },
  limits: { pageBytes: 10_485_760, maxListPages: 50, requestsPerMinute: 60 },
} as const;
