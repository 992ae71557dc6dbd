/** Whether a host is this computer or one in a network at home (RFC 1918, 4193, 3927). */
export function isPrivateHost(name: string): boolean {
  // The dot behind a whole name means the same host.
  const hostname = name.replace(/\.$/, '');
  return (
    /^(localhost|.*\.localhost|.*\.local|.*\.internal)$/.test(hostname) ||
    /^(127|10|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\./.test(hostname) ||
    /^\[(::1?|f[cd]..:.*|fe[89ab].:.*|::ffff:.*)\]$/.test(hostname)
  );
}
