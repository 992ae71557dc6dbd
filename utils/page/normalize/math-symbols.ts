/** LaTeX names of the characters of formulas. One not listed here stays itself, which LaTeX engines read, too. */
const table =
  'α alpha β beta γ gamma δ delta ϵ epsilon ε varepsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ϖ varpi ρ rho ϱ varrho σ sigma ς varsigma τ tau υ upsilon ϕ phi φ varphi χ chi ψ psi ω omega ' +
  'Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega ' +
  '∑ sum ∏ prod ∐ coprod ∫ int ∬ iint ∭ iiint ∮ oint ⋃ bigcup ⋂ bigcap ⨁ bigoplus ⨂ bigotimes ' +
  '± pm ∓ mp × times ÷ div ⋅ cdot · cdot ∗ ast ⋆ star ∘ circ ∙ bullet ⊕ oplus ⊗ otimes ⊖ ominus ⊙ odot ∪ cup ∩ cap ∧ wedge ∨ vee ∖ setminus ' +
  '≤ leq ≥ geq ≠ neq ≪ ll ≫ gg ≈ approx ≃ simeq ∼ sim ≅ cong ≡ equiv ∝ propto ≺ prec ≻ succ ⪯ preceq ⪰ succeq ⊂ subset ⊃ supset ⊆ subseteq ⊇ supseteq ∈ in ∉ notin ∋ ni ⊢ vdash ⊨ models ⊥ perp ∥ parallel ∣ mid ' +
  '← leftarrow → to ↔ leftrightarrow ⇐ Leftarrow ⇒ Rightarrow ⇔ Leftrightarrow ↦ mapsto ↑ uparrow ↓ downarrow ⟶ longrightarrow ⟵ longleftarrow ⟹ Longrightarrow ⟺ iff ↪ hookrightarrow ⇀ rightharpoonup ⇌ rightleftharpoons ' +
  '∞ infty ∂ partial ∇ nabla ∀ forall ∃ exists ∄ nexists ∅ emptyset ¬ neg √ surd ∠ angle △ triangle ℏ hbar ℓ ell ℜ Re ℑ Im ℵ aleph ℘ wp † dagger ‡ ddagger ' +
  '… dots ⋯ cdots ⋮ vdots ⋱ ddots ′ prime ⟨ langle ⟩ rangle ⌊ lfloor ⌋ rfloor ⌈ lceil ⌉ rceil ‖ | □ square ■ blacksquare ∴ therefore ∵ because ≜ triangleq ≔ coloneqq ⊤ top';

const names = new Map<string, string>();
const entries = table.split(' ');
for (let index = 0; index + 1 < entries.length; index += 2)
  names.set(entries[index] ?? '', `\\${entries[index + 1]}`);

/** Functions that are written upright. */
export const functions =
  /^(?:arccos|arcsin|arctan|arg|cos|cosh|cot|coth|csc|deg|det|dim|exp|gcd|hom|inf|ker|lg|lim|liminf|limsup|ln|log|max|min|Pr|sec|sin|sinh|sup|tan|tanh)$/;

/** Accents over one letter or a group, and what they are over wide ones. */
export const accents: Record<string, string> = {
  '^': 'hat',
  ˆ: 'hat',
  '̂': 'hat',
  '~': 'tilde',
  '˜': 'tilde',
  '¯': 'bar',
  '‾': 'overline',
  '―': 'overline',
  _: 'underline',
  '→': 'vec',
  '⃗': 'vec',
  '˙': 'dot',
  '¨': 'ddot',
  ˇ: 'check',
  '˘': 'breve',
  '´': 'acute',
  '`': 'grave',
  '⏞': 'overbrace',
  '⏟': 'underbrace',
  '←': 'overleftarrow',
  '↔': 'overleftrightarrow',
};

/** Invisible operators: applied to, times, separator, plus. */
const unseen = /[\u2061-\u2064\u200B\uFEFF]/g;

/** The alphabets that Unicode has for formulas; others are plain letters in italics. */
const alphabets: [number, number, string][] = [
  [0x1d400, 0x1d433, 'mathbf'],
  [0x1d49c, 0x1d4cf, 'mathcal'],
  [0x1d4d0, 0x1d503, 'mathcal'],
  [0x1d504, 0x1d537, 'mathfrak'],
  [0x1d538, 0x1d56b, 'mathbb'],
  [0x1d56c, 0x1d59f, 'mathfrak'],
  [0x1d5a0, 0x1d5d3, 'mathsf'],
  [0x1d670, 0x1d6a3, 'mathtt'],
];
const doubleStruck = 'ℂℍℕℙℚℝℤ';
const script = 'ℬℰℱℋℐℒℳℛ';

/** The LaTeX of the characters of a token. */
export function symbols(text: string): string {
  const pieces: string[] = [];
  for (const character of text.replace(unseen, '')) pieces.push(symbol(character));
  return pieces
    .map((piece, index) =>
      /\\[A-Za-z]+$/.test(piece) && /^[A-Za-z]/.test(pieces[index + 1] ?? '') ? `${piece} ` : piece,
    )
    .join('');
}

function symbol(character: string): string {
  const named = names.get(character);
  if (named) return named;
  if (character === '−' || character === '‐') return '-';
  if (/[{}%$#&]/.test(character)) return `\\${character}`;
  if (character === '\\') return '\\backslash';
  if (character === '\u00A0') return ' ';
  const point = character.codePointAt(0) ?? 0;
  const plain = character.normalize('NFKC');
  if (doubleStruck.includes(character)) return `\\mathbb{${plain}}`;
  if (script.includes(character)) return `\\mathcal{${plain}}`;
  const alphabet = alphabets.find(([first, last]) => point >= first && point <= last);
  if (alphabet) return `\\${alphabet[2]}{${plain}}`;
  if (point >= 0x1d400 && point <= 0x1d7ff) return names.get(plain) ?? plain;
  return character;
}
