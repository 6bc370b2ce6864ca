// The icon set: line drawings on a 24-unit grid, coloured by the text around them.
import './Icon.css'

const paths = {
  // The six kinds of support.
  capital: 'M4 6h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1zM12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM6.2 12h.01M17.8 12h.01',
  livestock:
    'M8.2 9.2C8.2 7 10 6.2 12 6.2s3.8.8 3.8 3v4.6M8.2 9.2v4.6M7.4 16.8c0-2 2.1-3.3 4.6-3.3s4.6 1.3 4.6 3.3-2 3.7-4.6 3.7-4.6-1.7-4.6-3.7zM10.4 17h.01M13.6 17h.01M10.6 10.4h.01M13.4 10.4h.01M8.2 9.4C6.6 8.2 4.6 8.4 3.2 9.8c1.5 1.6 3.4 1.9 5 1M15.8 9.4c1.6-1.2 3.6-1 5 .4-1.5 1.6-3.4 1.9-5 1M8.9 6.9C7.2 6.5 6.2 5.2 6.3 3.2M15.1 6.9c1.7-.4 2.7-1.7 2.6-3.7',
  training: 'M12 4.5 2.5 9 12 13.5 21.5 9 12 4.5zM6 10.8V16c0 1.6 2.7 3 6 3s6-1.4 6-3v-5.2M21.5 9v5.5',
  job: 'M4 8h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM8.5 8V6a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v2M3 13c5.5 2 12.5 2 18 0M12 13.3v2.2',
  goods: 'M12 3 3.5 7.3v9.4L12 21l8.5-4.3V7.3L12 3zM3.5 7.3 12 11.7l8.5-4.4M12 11.7V21M7.6 5.3l8.5 4.4',
  offtake: 'M3 10h18l-1.7 8.4a2 2 0 0 1-2 1.6H6.7a2 2 0 0 1-2-1.6L3 10zM7 10l3.5-6M17 10l-3.5-6M9.5 13.5v3M14.5 13.5v3',
  // States and objects.
  check: 'm4.5 12.5 5 5 10-11',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
  alert: 'M12 4 2.8 19.5h18.4L12 4zM12 10v4.5M12 17.2h.01',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 11v5.5M12 7.8h.01',
  cross: 'm6 6 12 12M18 6 6 18',
  stop: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM8 12h8',
  home: 'm3.5 11.5 8.5-8 8.5 8M6 9.5V20h4.5v-5.5h3V20H18V9.5',
  hamlet: 'M2.5 12.5 8 7l5.5 5.5M4.2 11v9h7.6v-9M7 20v-4.5h2V20M11.5 8.3 15.8 4l5.7 5.7M19.8 8.2V20h-8',
  household: 'm4 11 8-7 8 7M6 9.5V20h12V9.5M12 17.2c-1.6-1-2.7-2-2.7-3.3 0-1.6 2-2.1 2.7-.7.7-1.4 2.7-.9 2.7.7 0 1.3-1.1 2.3-2.7 3.3z',
  route: 'M6 16.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM18 3.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM8 18.5h7.5a3.3 3.3 0 0 0 0-6.5h-7a3.3 3.3 0 0 1 0-6.5H16',
  user: 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 20.5c.6-3.6 3.9-5.5 8-5.5s7.4 1.9 8 5.5',
  hands: 'M12 20.5C7 17 3.5 13.7 3.5 9.8 3.5 7.1 5.5 5.2 8 5.2c1.7 0 3.2.9 4 2.4.8-1.5 2.3-2.4 4-2.4 2.5 0 4.5 1.9 4.5 4.6 0 3.9-3.5 7.2-8.5 10.7z',
  shield: 'M12 3.5 4.5 6.3V12c0 4.3 3.2 7.3 7.5 8.5 4.3-1.2 7.5-4.2 7.5-8.5V6.3L12 3.5zM8.7 12l2.3 2.3 4.3-4.6',
  truck: 'M2.5 6.5h11v10h-11zM13.5 10h4l3.5 3.5v3h-7.5M7 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 19.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  sprout: 'M12 20.5v-9M12 13.5c0-4-2.5-6.5-7.5-6.5 0 4.5 2.5 6.5 7.5 6.5zM12 11.5C12 7 14.5 4 19.5 4c0 4.8-2.5 7.5-7.5 7.5z',
  bank: 'M3 9.5 12 4l9 5.5zM5.5 9.5V17M10 9.5V17M14 9.5V17M18.5 9.5V17M3.5 20h17',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 20 20',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5zM10 20.5h4M12 3.5V5',
  qr: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM20 14v2.5M17.5 20H20v-1.5M14 20v-.5M7 7h.01M17 7h.01M7 17h.01',
  phone: 'M7 3.5 9.5 8 7.8 9.9a12.5 12.5 0 0 0 6.3 6.3L16 14.5l4.5 2.5c0 2-1.5 3.5-3.5 3.5C10 20.5 3.5 14 3.5 7c0-2 1.5-3.5 3.5-3.5z',
  lock: 'M6 10.5h12v9.5H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5M12 14v2.5',
  offline: 'M3 8.5a13 13 0 0 1 4-2.6M11 5c3.7-.1 7.2 1.2 10 3.5M6.5 12.5a8.5 8.5 0 0 1 3-1.8M15 11a8.5 8.5 0 0 1 2.5 1.5M9.5 16a4 4 0 0 1 5 0M12 19.5h.01M4 3.5l16 17',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  play: 'M7.5 5v14l11-7-11-7z',
  undo: 'M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-3',
  plus: 'M12 5v14M5 12h14',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15',
  print: 'M7 8.5V4h10v4.5M7 17H4.5V8.5h15V17H17M7 14h10v6H7z',
  'arrow-right': 'M4.5 12h15M13.5 6l6 6-6 6',
  'arrow-left': 'M19.5 12h-15M10.5 6l-6 6 6 6',
  'chevron-down': 'm5.5 9 6.5 6.5L18.5 9',
  'chevron-right': 'm9 5.5 6.5 6.5L9 18.5',
} as const

export type IconName = keyof typeof paths

/** Decoration beside words unless `label` is given: then it is an image that says it. */
export function Icon({ name, size = 20, label }: { name: IconName; size?: number; label?: string }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={size > 28 ? 1.5 : 1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <path d={paths[name]} />
    </svg>
  )
}
