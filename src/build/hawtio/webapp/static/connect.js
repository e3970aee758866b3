// Connects hawtio to the program, as its own page Connect would. ?port=8081: another port than 8080.
const program = {
  id: 'qiscus-agent-assignment',
  name: 'Qiscus Agent Assignment',
  scheme: 'http',
  host: '127.0.0.1',
  port: Number(new URLSearchParams(location.search).get('port') || 8080),
  path: '/observe/jolokia',
};
localStorage.setItem('connect.connections', JSON.stringify({[program.id]: program}));
location.replace('/hawtio/?con=' + program.id);
