// Decoration: terraced fields, stilt houses and the sun, low on the left where words stand, rising to the right.
export function Landscape() {
  return (
    <svg className="landscape" viewBox="0 0 1440 460" preserveAspectRatio="xMaxYMax slice" aria-hidden>
      <circle cx="1090" cy="128" r="92" fill="#F2B705" opacity=".13" />
      <circle cx="1090" cy="128" r="58" fill="#F2B705" />
      <path d="M0 460v-24c160-26 330-22 470-40 150-20 210-120 350-128 110-6 160 60 250 44 120-22 170-128 370-118v266z" fill="#E3EBD6" />
      <path d="M0 460v-12c240-26 420-18 600-42 190-24 270-104 410-104 130 0 200 52 430-22v180z" fill="#C7DBB5" />
      <g fill="none" stroke="#B0CB9B" strokeWidth="4" strokeLinecap="round">
        <path d="M800 366c110-44 180-40 260-24 120 24 220 6 380-36" />
        <path d="M740 398c130-46 230-38 320-24 130 20 230 2 380-36" />
      </g>
      <path d="M0 460c300-20 520-8 760-34 220-24 330-42 680-90v124z" fill="#93BA84" />
      <g fill="none" stroke="#7BA66C" strokeWidth="4" strokeLinecap="round">
        <path d="M900 436c200-18 330-36 540-70" />
        <path d="M1060 450c140-12 240-26 380-48" />
      </g>
      <StiltHouse x={1196} y={232} />
      <StiltHouse x={1330} y={262} scale={0.72} />
      <Trees />
    </svg>
  )
}

function StiltHouse({ x, y, scale = 1 }: { x: number; y: number; scale?: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${scale})`}>
      <path d="M14 72v30M52 72v30M90 72v30" stroke="#7A4B2A" strokeWidth="6" strokeLinecap="round" />
      <path d="M6 36h92v40H6z" fill="#FBE6C8" />
      <path d="M-10 40 22 2h60l32 38z" fill="#A61B1B" />
      <path d="M22 2h60l6 7H16z" fill="#861414" />
      <path d="M43 50h18v26H43z" fill="#7A4B2A" />
      <path d="M16 50h16v12H16zM72 50h16v12H72z" fill="#0F766E" opacity=".6" />
    </g>
  )
}

function Trees() {
  return (
    <g fill="#4F8A4B">
      <path d="M1146 338c-3-30-3-44 0-62 3 18 3 32 0 62z" fill="#7A4B2A" />
      <ellipse cx="1146" cy="284" rx="22" ry="30" />
      <ellipse cx="1128" cy="304" rx="15" ry="20" fill="#619B59" />
      <ellipse cx="1312" cy="318" rx="14" ry="20" fill="#619B59" />
    </g>
  )
}
