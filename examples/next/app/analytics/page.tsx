export default function Page() {
  return (
    <main>
      <h1>Your dashboards</h1>
    </main>
  )
}
