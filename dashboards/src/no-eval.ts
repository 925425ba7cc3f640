import { config } from 'zod';

/** Zod tries out whether it may write functions as texts; the content policy refuses, and reports every attempt. */
config({ jitless: true });
