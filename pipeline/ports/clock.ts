/** The only source of time and of new ids, so that a test can walk 400 days and repeat a run. */
export interface Clock {
  /** Now, ISO 8601 UTC with milliseconds. */
  now(): string;
  /** A new UUIDv7. */
  newId(): string;
}
