import type { ReactNode } from 'react'

/** The strip above the fictional host: what belongs to the demo, not to the product. */
export function DemoBar({ text, children }: { text: string; children: ReactNode }) {
  return (
    <section className="demo-bar" aria-label="Demo" dir="ltr">
      <p>{text}</p>
      {children}
    </section>
  )
}

/** Buttons that sign somebody else in. */
export function SignIn<Role extends string>(props: {
  roles: readonly Role[]
  role: Role
  onChange: (role: Role) => void
}) {
  return props.roles.map((role) => (
    <button key={role} type="button" aria-pressed={role === props.role} onClick={() => props.onChange(role)}>
      Sign in as {role}
    </button>
  ))
}
