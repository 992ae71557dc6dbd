/**
 * Whether a host is this computer or one in a network at home or at work: addresses of RFC 1918, 3927, 4193 and 6598,
 * and names that nobody can have on the web.
 */
export function isPrivateHost(name: string): boolean {
  // The dot behind a whole name means the same host.
  const hostname = name.replace(/\.$/, '');
  return (
    /^(localhost|.*\.(localhost|local|internal|lan|home|corp|intranet|home\.arpa))$/.test(hostname) ||
    // The whole number: `10.example.org` is a host like any other.
    /^((127|10|0)\.\d+|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.\d+\.\d+$/.test(
      hostname,
    ) ||
    /^\[(::1?|f[cd]..:.*|fe[89ab].:.*|::ffff:.*)\]$/.test(hostname)
  );
}
