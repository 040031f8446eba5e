import { type Drawing, gradient } from './frame.ts';

export const jacket: Drawing = {
  backdrop: { top: '#dfeee6', bottom: '#8fbfa8', glow: '#f8fffb' },
  shadowWidth: 220,
  defs: gradient('shell', '#2f8f6f', '#155243', true) + gradient('sleeve', '#297f63', '#114539'),
  body: `
    <path d="M276 262c-64 16-98 60-112 136l-38 214c-3 20 8 32 26 35l44 7c16 2 28-7 31-23l44-236z" fill="url(#sleeve)"/>
    <path d="M524 262c64 16 98 60 112 136l38 214c3 20-8 32-26 35l-44 7c-16 2-28-7-31-23l-44-236z" fill="url(#sleeve)"/>
    <path d="M132 606l96 18M668 606l-96 18" stroke="#0e3a30" stroke-width="10"/>
    <path d="M300 236h200c42 8 66 34 68 78l14 322c1 20-12 32-32 32H250c-20 0-33-12-32-32l14-322c2-44 26-70 68-78z" fill="url(#shell)"/>
    <path d="M290 250c0-92 40-138 110-138s110 46 110 138c-26 42-62 62-110 62s-84-20-110-62z" fill="#1b6550"/>
    <path d="M326 248c2-58 26-92 74-92s72 34 74 92c-18 26-42 38-74 38s-56-12-74-38z" fill="#0c3229"/>
    <path d="M372 282l-10 74M428 282l10 74" stroke="#f4d36b" stroke-width="7" stroke-linecap="round"/>
    <path d="M400 310v356" stroke="#f4d36b" stroke-width="9"/>
    <rect x="391" y="336" width="18" height="40" rx="8" fill="#fff2c2"/>
    <path d="M258 508l92 26v84M542 508l-92 26v84" fill="none" stroke="#0e3a30" stroke-width="9" stroke-linejoin="round" stroke-linecap="round" opacity=".8"/>
    <rect x="452" y="372" width="72" height="22" rx="6" fill="#f4d36b"/>
    <path d="M254 300c-10 90-14 200-16 320" fill="none" stroke="#fff" stroke-width="10" stroke-linecap="round" opacity=".22"/>`,
};

export const sneaker: Drawing = {
  backdrop: { top: '#ffe4dc', bottom: '#f4937e', glow: '#fff8f5' },
  shadowWidth: 310,
  defs:
    gradient('upper', '#ffffff', '#d9dee8') +
    gradient('sole', '#ffffff', '#cfd5e0') +
    gradient('heel', '#3c4a7a', '#222b50'),
  body: `
    <path d="M118 590c-8-60-6-138 10-206 6-24 32-30 52-16 40 28 86 24 120-18 14-18 36-20 54-6l152 116c34 24 78 34 122 44 52 12 68 46 62 92z" fill="url(#upper)"/>
    <path d="M118 590c-8-60-6-138 10-206 6-24 32-30 52-16 14 10 30 16 46 18-22 60-28 130-22 204z" fill="url(#heel)"/>
    <path d="M506 460c34 24 78 34 122 44 52 12 68 46 62 92H566c-4-60-22-104-60-136z" fill="#c9d0de"/>
    <path d="M236 560c90-2 190-40 250-112l30 24c-60 76-170 116-280 118z" fill="#ee6a52"/>
    <path d="M330 338l-34 46M372 372l-38 46M414 404l-40 46M456 436l-40 46" stroke="#3c4a7a" stroke-width="15" stroke-linecap="round"/>
    <path d="M300 350c-30 40-74 52-112 34" fill="none" stroke="#ee6a52" stroke-width="11" stroke-linecap="round"/>
    <path d="M104 590h592c14 0 22 10 18 26-8 36-34 54-76 54H168c-44 0-70-26-72-62 0-12 2-18 8-18z" fill="url(#sole)"/>
    <path d="M98 622h614c-10 32-36 48-74 48H168c-40 0-64-20-70-48z" fill="#ee6a52"/>
    <path d="M150 646v14M200 648v16M250 648v18M300 648v18M350 648v18M400 648v18M450 648v18M500 648v18M550 648v18M600 646v16" stroke="#b7432f" stroke-width="6" stroke-linecap="round"/>`,
};

export const scarf: Drawing = {
  backdrop: { top: '#f5ead2', bottom: '#d9b36a', glow: '#fffdf4' },
  shadowWidth: 190,
  defs: gradient('wool', '#c2453d', '#7c1f24', true) + gradient('wool2', '#d65a4c', '#95302f'),
  body: `
    <path d="M330 380l-58 236c-3 14 4 22 16 25l104 22c12 2 20-4 22-16l28-250z" fill="url(#wool)"/>
    <path d="M276 600l146 32M284 566l144 32M300 500l140 30" stroke="#f3dfb6" stroke-width="13"/>
    <path d="M286 640l-10 46M310 646l-8 46M334 651l-7 46M358 656l-6 46M382 661l-4 46" stroke="#7c1f24" stroke-width="9" stroke-linecap="round"/>
    <path d="M420 370l56 200c3 12 12 17 24 14l98-28c12-4 17-12 13-24l-76-206z" fill="url(#wool2)"/>
    <path d="M470 524l128-38M462 490l126-38M444 428l118-36" stroke="#f3dfb6" stroke-width="13"/>
    <path d="M496 586l10 46M520 580l12 46M544 573l13 46M568 566l13 46M590 560l13 44" stroke="#95302f" stroke-width="9" stroke-linecap="round"/>
    <path d="M196 270c0-84 92-140 204-140s204 56 204 140-92 146-204 146-204-62-204-146z" fill="url(#wool)"/>
    <path d="M276 254c6-44 56-74 124-74s118 30 124 74c-20 40-66 60-124 60s-104-20-124-60z" fill="#4b0f14"/>
    <path d="M204 236c30 92 112 134 210 128M200 290c34 70 100 114 190 122" fill="none" stroke="#f3dfb6" stroke-width="13" opacity=".9"/>
    <path d="M312 330c40 22 132 26 186-2l52 74c-70 42-186 40-262 2z" fill="url(#wool2)"/>
    <path d="M316 366c60 24 140 24 204-4" fill="none" stroke="#f3dfb6" stroke-width="11"/>`,
};

export const watch: Drawing = {
  backdrop: { top: '#d9e2ec', bottom: '#7c93ad', glow: '#ffffff' },
  shadowWidth: 150,
  defs:
    gradient('strap', '#8a5a3a', '#53301b', true) +
    gradient('steel', '#fbfcfe', '#93a1b3', true) +
    gradient('dial', '#17365c', '#0a1a31'),
  body: `
    <path d="M322 120c0-18 14-30 32-30h92c18 0 32 12 32 30l18 150H304z" fill="url(#strap)"/>
    <path d="M304 530h192l-18 134c-2 18-14 28-32 28h-92c-18 0-30-10-32-28z" fill="url(#strap)"/>
    <path d="M338 112l-14 132M462 112l14 132M338 672l-14-120M462 672l14-120" stroke="#d9b48f" stroke-width="4" stroke-dasharray="11 8" opacity=".8"/>
    <circle cx="400" cy="634" r="7" fill="#2c170b"/><circle cx="400" cy="602" r="7" fill="#2c170b"/>
    <rect x="566" y="378" width="34" height="44" rx="9" fill="url(#steel)"/>
    <circle cx="400" cy="400" r="178" fill="url(#steel)"/>
    <circle cx="400" cy="400" r="150" fill="#5d6c80"/>
    <circle cx="400" cy="400" r="144" fill="url(#dial)"/>
    <g stroke="#f2f5fa" stroke-width="8" stroke-linecap="round">
      <path d="M400 274v24M400 502v24M274 400h24M502 400h24"/>
      <path d="M463 291l-8 14M509 337l-14 8M509 463l-14-8M463 509l-8-14M337 509l8-14M291 463l14-8M291 337l14 8M337 291l8 14" stroke-width="5"/>
    </g>
    <path d="M400 400l-62-50" stroke="#f2f5fa" stroke-width="12" stroke-linecap="round"/>
    <path d="M400 400l66-84" stroke="#f2f5fa" stroke-width="8" stroke-linecap="round"/>
    <path d="M386 436l30-132" stroke="#f0a43c" stroke-width="4" stroke-linecap="round"/>
    <circle cx="400" cy="400" r="11" fill="#f0a43c"/>
    <path d="M290 320c34-54 92-78 150-66" fill="none" stroke="#fff" stroke-width="10" stroke-linecap="round" opacity=".22"/>`,
};
