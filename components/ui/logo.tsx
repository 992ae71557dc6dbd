/** A whole disc; its dark crescent is what others see, its lit part carries lines of text. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <circle className="logo-disc" cx="12" cy="12" r="11" />
      <path className="logo-crescent" d="M12 1a11 11 0 1 0 0 22c-3.9-2.2-6-6.3-6-11s2.1-8.8 6-11z" />
      <path className="logo-text" d="M11 9.7h7.6M11 14.3h4.8" />
    </svg>
  );
}
