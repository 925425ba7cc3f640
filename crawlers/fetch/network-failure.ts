/** The host could not be reached or did not finish its answer: worth another try later. `reason` has no page text. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  readonly host: string;
  readonly reason: string;
  constructor(host: string, reason: string, cause: unknown) {
    super(`${host}: ${reason}`, { cause });
    this.host = host;
    this.reason = reason;
  }
}

const reasons: Record<string, string> = {
  ENOTFOUND: 'no such host name (check the address, or the name server)',
  EAI_AGAIN: 'the name server did not answer',
  ECONNREFUSED: 'connection refused (is the web server running?)',
  ECONNRESET: 'connection closed before the answer was complete',
  EPIPE: 'connection closed before the answer was complete',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'no connection within the time limit',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time limit',
  UND_ERR_HEADERS_TIMEOUT: 'connected, but no answer within the time limit',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped in the middle',
  UND_ERR_SOCKET: 'connection closed before the answer was complete',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer is not as long as it says',
  UND_ERR_HEADERS_OVERFLOW: 'the answer has too large headers',
  Z_DATA_ERROR: 'the compressed answer is damaged',
  Z_BUF_ERROR: 'the compressed answer is cut short',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate chain is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate chain is incomplete',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
};

function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code !== null && code !== 'ABORT_ERR') return code;
  // Several addresses were tried: the first failure stands for all.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return codeOf(error.cause) ?? code;
}

/** Says in words what went wrong on the way to `host`; unknown failures by their code alone. */
export function describeNetworkFailure(host: string, error: unknown): NetworkFailure {
  const code = codeOf(error);
  const known = code === null ? undefined : reasons[code];
  const reason = known === undefined ? `request failed (${code ?? 'unknown cause'})` : `${known} (${code})`;
  return new NetworkFailure(host, reason, error);
}
