@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Runs HeldBy from this source tree, building it first if it was never built.
setlocal
set "JAR=%~dp0cli\target\heldby.jar"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo heldby: a JDK of version 17 or later is needed; install one or set JAVA_HOME to it. >&2
  exit /b 3
)
if exist "%JAR%" goto run
echo building HeldBy (first run only)... >&2
pushd "%~dp0"
call mvnw.cmd -B -q -DskipTests package -pl cli -am 1>&2
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
  echo heldby: the build failed; 'mvnw -DskipTests package -pl cli -am' shows why. >&2
  exit /b 3
)
:run
"%JAVA%" -jar "%JAR%" %*
exit /b %ERRORLEVEL%
