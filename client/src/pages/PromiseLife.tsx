// The life of a promise as one picture: six stations on one thread, which winds down the page on a phone.
import { Icon, type IconName } from '../ui/Icon.tsx'
import './PromiseLife.css'

export interface Stage {
  icon: IconName
  name: string
  who: string
  text: string
}

export function PromiseLife({ stages }: { stages: readonly Stage[] }) {
  return (
    <ol role="list" className="promise-life">
      {stages.map(({ icon, name, who, text }, index) => (
        <li key={name} className="promise-stage">
          <span className="promise-picture">
            <Icon name={icon} size={34} />
            <span className="promise-number" aria-hidden>
              {index + 1}
            </span>
          </span>
          <div className="promise-words">
            <h3>{name}</h3>
            <p className="promise-who">{who}</p>
            <p>{text}</p>
          </div>
        </li>
      ))}
    </ol>
  )
}
